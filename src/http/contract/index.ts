/**
 * The HTTP contract: one schema per body, one file per room. The console imports the types alone.
 * Requests and answers are JSON in camelCase; times are UTC stamps; absent values are null.
 */
export * from './accounts.ts'
export * from './certificates.ts'
export * from './common.ts'
export * from './examination-record.ts'
export * from './examinations.ts'
export * from './gallery.ts'
export * from './health.ts'
export * from './leads.ts'
export * from './log.ts'
export * from './model.ts'
export * from './model-changes.ts'
export * from './policy.ts'
export * from './probes.ts'
export * from './reference.ts'
export * from './requests.ts'
export * from './session.ts'
