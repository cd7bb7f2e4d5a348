/** Why index files cannot be used; inside this folder only: a caller is told the reason as a value. */
export class IndexDamage extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'IndexDamage'
  }
}
