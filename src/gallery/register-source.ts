import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
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
  const source: Source = {
    ...checked.value,
    id: deps.ids.next('src'),
    registeredAt: toStamp(deps.clock.now()),
  }
  return await deps.store.act<Source, SourceCode>(scopeOf(actor), async (tx) => {
    if ((await sourceNamed(tx, source.name)) !== null) return alreadyThere(source.name)
    await insertSource(tx, source, actor.account)
    await append(tx, deps, {
      act: 'source.registered',
      actor: actor.account,
      agency: actor.agency,
      about: source.id,
      facts: { class: source.class, legalBasis: source.legalBasis },
    })
    return done(source)
  })
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
  return done({ name, legalBasis, class: input.class })
}

/** One line of text that can be shown: no control or format characters. */
function isPlain(text: string): boolean {
  return !/\p{C}/u.test(text)
}

function tooLong(where: string, most: number): Outcome<never, 'text_too_long'> {
  return refuse('text_too_long', `The ${where} is longer than ${most} characters.`, 'Shorten it.', { where })
}
