/** Two faces of one disc, one filled, one open: the comparison this product is about. */
export function Wordmark() {
  return (
    <>
      <svg viewBox="0 0 22 22" aria-hidden="true">
        <path d="M9.5 1.5a9.5 9.5 0 0 0 0 19z" fill="currentColor" />
        <path d="M13 2.2a9 9 0 0 1 0 17.6" fill="none" stroke="currentColor" strokeWidth="2" />
      </svg>
      Countenance
    </>
  )
}
