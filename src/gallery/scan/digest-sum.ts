/** Exact sums of whole numbers and of their squares: in float64 while no digit is lost, taken over in time. */
export class DigestSum {
  #sum = 0n
  #squares = 0n
  #pendingSum = 0
  #pendingSquares = 0

  add(seq: number): void {
    this.#change(seq, 1)
  }

  remove(seq: number): void {
    this.#change(seq, -1)
  }

  read(): { readonly sum: bigint; readonly squares: bigint } {
    this.#takeOver()
    return { sum: this.#sum, squares: this.#squares }
  }

  #change(seq: number, sign: 1 | -1): void {
    const square = seq * seq
    if (square > Number.MAX_SAFE_INTEGER) {
      this.#sum += BigInt(sign * seq)
      this.#squares += BigInt(sign) * BigInt(seq) ** 2n
      return
    }
    const most = Math.max(Math.abs(this.#pendingSquares), Math.abs(this.#pendingSum)) + square
    if (most > Number.MAX_SAFE_INTEGER) this.#takeOver()
    this.#pendingSum += sign * seq
    this.#pendingSquares += sign * square
  }

  #takeOver(): void {
    this.#sum += BigInt(this.#pendingSum)
    this.#squares += BigInt(this.#pendingSquares)
    this.#pendingSum = 0
    this.#pendingSquares = 0
  }
}
