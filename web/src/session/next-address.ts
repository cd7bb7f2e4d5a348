/** Where to go after signing in: a place of this console, or nothing. Never another site, however it is written. */
export function readNext(search: { readonly next?: unknown }): { next?: string } {
  const { next } = search
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {}
}
