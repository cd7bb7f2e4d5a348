import { hash, verify } from '@node-rs/argon2'

/** OWASP's smallest recommended argon2id setting: 19 MiB, 2 passes, 1 lane. */
const SETTING = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Shortest and longest password, in characters. */
export const PASSWORD_LENGTH = { least: 12, most: 256 } as const

/** The text that is kept instead of the password. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), SETTING)
}

/**
 * Whether the password is the account's. Without an account the same work is done against a hash
 * nobody has the password of, so that the time taken does not tell whether the account exists.
 */
export async function passwordFits(kept: string | null, password: string): Promise<boolean> {
  const fits = await verify(kept ?? NOBODYS_HASH, password.normalize('NFKC'))
  return fits && kept !== null
}

/** argon2id with `SETTING` of 32 random bytes that were thrown away. */
const NOBODYS_HASH = '$argon2id$v=19$m=19456,t=2,p=1$Ix7JR9cnGDYMkjMfgXs35w$DggSiMVPS+E5/A3cOFFuS7AgOH2BPYgSysqSQTyAX9M'
