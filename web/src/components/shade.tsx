interface ShadeProps {
  readonly rows?: number
  readonly height?: number
}

/** Holds the room of what is loading, so that nothing moves when it arrives. */
export function Shade({ rows = 4, height = 44 }: ShadeProps) {
  return (
    <div className="stack stack--tight" aria-busy="true">
      <span className="for-readers-only">Loading</span>
      {Array.from({ length: rows }, (_, row) => row + 1).map((row) => (
        <span className="shade" key={row} style={{ blockSize: height }} />
      ))}
    </div>
  )
}
