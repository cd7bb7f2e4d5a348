/**
 * cli: the command line, a door. In: words and files. Out: sentences on the terminal, exit code 0 or 1.
 * It signs people in, calls one act for each command and prints what the act answers; it decides nothing.
 */
export { buildCli } from './build-cli.ts'
export type { CliDeps, CliRooms, MachineFinding } from './cli-deps.ts'
