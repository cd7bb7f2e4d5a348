/** Told to whoever asks, without being in the way. */
export function BlindNote() {
  return (
    <details className="blind">
      <summary>How this is blind</summary>
      <ul>
        <li>The candidates stand in an order drawn for this examination alone. It says nothing about similarity.</li>
        <li>No rank and no similarity score is sent to this page before you sign.</li>
        <li>You see nothing of the case, of who asked, or of what another examiner found.</li>
        <li>Labels from a machine or a colleague shift how people judge faces, and do not make them better at it.</li>
      </ul>
    </details>
  )
}
