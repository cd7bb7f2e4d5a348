import { type Actor, listAgencies, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import type { GalleryDeps } from './gallery-deps.ts'
import { insertSource, sourceNamed } from './records.ts'
import { SOURCE_CLASSES, type Source, type SourceCode, type SourceInput } from './source.ts'

const MAX_NAME = 120
const MAX_LEGAL_BASIS = 2000

/** Authorises a source of booking photographs. Role: custodian. */
export async function registerSource(
  deps: Omit<GalleryDeps, 'engine'>,
  actor: Actor,
  input: SourceInput,
): Promise<Outcome<Source, SourceCode>> {
  const role = requireRole(actor, 'custodian')
  if (!role.ok) return role
  const checked = checkSource(input)
  if (!checked.ok) return checked
  const { agencies: oris, ...named } = checked.value
  return await deps.store.act<Source, SourceCode>(scopeOf(actor), async (tx) => {
    if ((await sourceNamed(tx, named.name)) !== null) return alreadyThere(named.name)
    const agencies = await agenciesCalled(tx, oris)
    if (!agencies.ok) return agencies
    const registeredAt = toStamp(deps.clock.now())
    const source: Source = { ...named, id: deps.ids.next('src'), registeredAt, agencies: agencies.value }
    await insertSource(tx, source, actor.account)
    await logSource(deps, tx, actor, source)
    return done(source)
  })
}

async function logSource(deps: Pick<GalleryDeps, 'clock'>, tx: Tx, actor: Actor, source: Source): Promise<void> {
  const { class: kind, legalBasis, agencies } = source
  const facts = { class: kind, legalBasis, ...(agencies === null ? {} : { agencies: [...agencies] }) }
  await append(tx, deps, {
    ...{ act: 'source.registered', actor: actor.account, agency: actor.agency, about: source.id },
    facts,
  })
}

/** Ids of the agencies with these ORIs, each once, by name; null when none were named. */
async function agenciesCalled(
  tx: Tx,
  oris: readonly string[] | undefined,
): Promise<Outcome<readonly string[] | null, SourceCode>> {
  if (oris === undefined) return done(null)
  const where = { where: 'agencies' }
  if (oris.length === 0) {
    const message = 'The list of agencies that may search the source is empty.'
    return refuse('agencies_missing', message, 'Name at least one, or leave the list out for every agency.', where)
  }
  const known = await listAgencies(tx)
  const wanted = new Set(oris.map((ori) => ori.trim().toUpperCase()))
  const stranger = [...wanted].find((ori) => !known.some((agency) => agency.ori === ori))
  if (stranger === undefined) return done(known.filter(({ ori }) => wanted.has(ori)).map(({ id }) => id))
  const remedy = `Use the ORI of one of: ${known.map(({ ori, name }) => `${ori} (${name})`).join(', ')}.`
  return refuse('agency_unknown', 'One of the agencies is not in this county.', remedy, where)
}

function alreadyThere(name: string): Outcome<never, 'source_exists'> {
  return refuse('source_exists', `There is already a source named ${name}.`, 'Use it, or choose another name.', {
    where: 'name',
  })
}

function checkSource(input: SourceInput): Outcome<SourceInput, SourceCode> {
  const name = input.name.trim()
  const legalBasis = input.legalBasis.trim()
  if (!SOURCE_CLASSES.some((known) => known === input.class)) {
    return refuse(
      'class_not_authorised',
      'Only booking photographs of a county can be a source.',
      'Register a source of class county_booking; collected or bought photographs are not accepted.',
      { where: 'class' },
    )
  }
  if (name === '') {
    return refuse('source_name_missing', 'The source has no name.', 'Name the office that holds it.', { where: 'name' })
  }
  if (legalBasis === '') {
    return refuse('legal_basis_missing', 'The source has no legal basis.', 'Name the statute, policy or agreement.', {
      where: 'legalBasis',
    })
  }
  if (name.length > MAX_NAME) return tooLong('name', MAX_NAME)
  if (legalBasis.length > MAX_LEGAL_BASIS) return tooLong('legalBasis', MAX_LEGAL_BASIS)
  const unusable = !isPlain(name) ? 'name' : !isPlain(legalBasis) ? 'legalBasis' : null
  if (unusable !== null) {
    return refuse('text_unusable', `The ${unusable} holds characters that cannot be shown.`, 'Type it anew.', {
      where: unusable,
    })
  }
  return done({ ...input, name, legalBasis })
}

/** One line of text that can be shown: no control or format characters. */
function isPlain(text: string): boolean {
  return !/\p{C}/u.test(text)
}

function tooLong(where: string, most: number): Outcome<never, 'text_too_long'> {
  return refuse('text_too_long', `The ${where} is longer than ${most} characters.`, 'Shorten it.', { where })
}
