import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createTypstCompiler, initOptions, type TypstCompiler } from '@myriaddreamin/typst.ts'

/** What a template may read: file name (`data.json`, `probe.jpg`) and bytes. */
export type DocumentFiles = Readonly<Record<string, Uint8Array>>

const PDF = 1
const FONTS = ['400Regular', '600SemiBold', '700Bold']

let compiler: Promise<TypstCompiler> | null = null
let turn: Promise<unknown> = Promise.resolve()

/**
 * Typesets a template as a tagged PDF. Everything variable comes in as files, so no text of a person
 * is ever read as markup. One at a time: the typesetter keeps its files in one shared place.
 * @throws Error when the template does not compile.
 */
export function typesetDocument(template: string, files: DocumentFiles): Promise<Uint8Array> {
  const result = turn.then(() => typeset(template, files))
  turn = result.catch(() => undefined)
  return result
}

async function typeset(template: string, files: DocumentFiles): Promise<Uint8Array> {
  compiler ??= openCompiler()
  const typst = await compiler
  typst.addSource('/document.typ', template)
  for (const [name, bytes] of Object.entries(files)) typst.mapShadow(`/${name}`, bytes)
  try {
    const { result, diagnostics } = await typst.compile({
      mainFilePath: '/document.typ',
      format: PDF,
      diagnostics: 'full',
    })
    if (result === undefined) throw new Error(`The document could not be typeset: ${JSON.stringify(diagnostics)}`)
    return result
  } finally {
    typst.resetShadow()
  }
}

async function openCompiler(): Promise<TypstCompiler> {
  const typst = createTypstCompiler()
  const fonts = await Promise.all(FONTS.map(readFont))
  const wasm = await readModule('@myriaddreamin/typst-ts-web-compiler/wasm')
  // The loader warns on the console when it is handed bare bytes; its types know no other form.
  const module = { module_or_path: wasm } as unknown as typeof wasm
  await typst.init({ getModule: () => module, beforeBuild: [initOptions.loadFonts(fonts, { assets: false })] })
  return typst
}

async function readFont(style: string): Promise<Uint8Array> {
  return readModule(`@expo-google-fonts/public-sans/${style}/PublicSans_${style}.ttf`)
}

async function readModule(specifier: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(fileURLToPath(import.meta.resolve(specifier))))
}
