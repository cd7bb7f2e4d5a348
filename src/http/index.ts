/**
 * http: the door for the console and for other programs. It translates, authenticates, calls one act and
 * maps its outcome; it decides nothing. In: HTTP requests under /api. Out: JSON of the contract, problem+json
 * with stable codes, /openapi.json, the built console. Roles: those of the acts.
 */
export { closeServer } from './close-server.ts'
export { createServer } from './create-server.ts'
export type { HttpDeps, Incident } from './http-deps.ts'
