import type { Pack } from '../../directive.ts'
import { acquisition } from './acquisition.ts'
import { authorisedGallery } from './authorised-gallery.ts'
import { caseNumberForm } from './case-number-form.ts'
import { caseNumberPresent } from './case-number-present.ts'
import { certificate } from './certificate.ts'
import { conflict } from './conflict.ts'
import { crimeTypeKnown } from './crime-type-known.ts'
import { crimeTypePresent } from './crime-type-present.ts'
import { depictedPerson } from './depicted-person.ts'
import { investigator } from './investigator.ts'
import { noAdministrator } from './no-administrator.ts'
import { noMoratorium } from './no-moratorium.ts'
import { ownAgency } from './own-agency.ts'
import { predicate } from './predicate.ts'
import { schema } from './schema.ts'

/** What the reports of November 2020 and the policy of January 2021 ask for before a face is compared. */
export const lapd2020: Pack = {
  id: 'lapd-2020',
  schema,
  directives: [
    authorisedGallery,
    ownAgency,
    certificate,
    caseNumberPresent,
    caseNumberForm,
    crimeTypePresent,
    crimeTypeKnown,
    noMoratorium,
    noAdministrator,
    investigator,
    predicate,
    acquisition,
    depictedPerson,
    conflict,
  ],
}
