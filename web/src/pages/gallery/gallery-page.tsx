import { useQuery } from '@tanstack/react-query'
import { galleryQuery } from '../../api/gallery.ts'
import type { Gallery } from '../../api/types.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Day, formatCount } from '../../components/moment.tsx'
import { RuleSection } from '../../components/rule-section.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { useAccount } from '../../session/use-account.ts'
import { Page } from '../../shell/page.tsx'
import { EnrolForm } from './enrol-form.tsx'
import { PhotographGrid } from './photograph-grid.tsx'

const LEDE = 'The booking photographs that searches are run against. No other kind of source can be registered.'

export function GalleryPage() {
  return (
    <Permitted place="/gallery">
      <GalleryBody />
    </Permitted>
  )
}

function GalleryBody() {
  const query = useQuery(galleryQuery)
  const custodian = useAccount().roles.includes('custodian')
  return (
    <Page title="Gallery" lede={LEDE}>
      <Loaded query={query}>
        {(gallery) => (
          <>
            <GalleryCounts gallery={gallery} />
            <RuleSection title="Sources" hint="Where the photographs come from, and the law that allows it.">
              <Sources sources={gallery.sources} />
            </RuleSection>
            {custodian ? (
              <>
                <RuleSection
                  title="Enrol one photograph"
                  hint="For many, use the command line: it resumes, and reports each line."
                >
                  <EnrolForm sources={gallery.sources} />
                </RuleSection>
                <PhotographGrid />
              </>
            ) : (
              <p className="soft">Custodians see the photographs themselves.</p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function GalleryCounts({ gallery }: { readonly gallery: Gallery }) {
  return (
    <dl className="counts">
      <div>
        <dt>People</dt>
        <dd>{formatCount(gallery.counts.subjects)}</dd>
      </div>
      <div>
        <dt>Photographs</dt>
        <dd>{formatCount(gallery.counts.bookings)}</dd>
      </div>
      <div className="counts__model">
        <dt>Templates made with</dt>
        <dd>
          {gallery.model.id} <span className="digest">{gallery.model.sha256.slice(0, 16)}</span>
        </dd>
      </div>
    </dl>
  )
}

function Sources({ sources }: { readonly sources: Gallery['sources'] }) {
  if (sources.length === 0) return <p className="soft">No source is registered. Without one nothing can be enrolled.</p>
  return (
    <ul className="ruled">
      {sources.map((source) => (
        <li key={source.id}>
          <div className="row row--apart">
            <h3>{source.name}</h3>
            <span className="small">{formatCount(source.bookings)} photographs</span>
          </div>
          <p className="small">{source.legalBasis}</p>
          <p className="tiny soft">
            County booking photographs · registered <Day at={source.registeredAt} /> · {searchedBy(source)}
          </p>
        </li>
      ))}
    </ul>
  )
}

function searchedBy({ agencies }: Gallery['sources'][number]): string {
  if (agencies === null) return 'searched by every agency'
  return `searched by ${agencies.map(({ name, ori }) => `${name} (${ori})`).join(', ')} alone`
}
