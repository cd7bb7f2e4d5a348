/** What the scan uses of WebAssembly; Node's own types leave it to those of browsers. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum: number; shared: true })
    /** Another object after growth; the earlier one stays usable for the bytes it had. */
    readonly buffer: SharedArrayBuffer
    /** @param pages of 64 KB @throws RangeError when there is no room */
    grow(pages: number): number
  }

  class Module {
    constructor(bytes: Uint8Array)
  }

  class Instance {
    constructor(module: Module, imports: { readonly env: { readonly memory: Memory } })
    readonly exports: Readonly<Record<string, unknown>>
  }

  function validate(bytes: Uint8Array): boolean
}
