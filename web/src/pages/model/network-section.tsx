import type { CardNetwork, ModelCard } from '../../api/types.ts'
import { RuleSection } from '../../components/rule-section.tsx'

const HINT = 'In the order in which a photograph meets them, each with its terms and with what is not known about it.'

const ROLES: Readonly<Record<CardNetwork['role'], string>> = {
  detector: 'finds faces',
  landmarks: 'finds the points of a face',
  embedder: 'makes the template that is compared',
}

export function NetworkSection({ networks, model }: Pick<ModelCard, 'networks' | 'model'>) {
  return (
    <RuleSection title="Networks and their terms" hint={HINT}>
      <ul className="ruled">
        {networks.map((network) => (
          <Network key={network.id} network={network} />
        ))}
      </ul>
      <p className="tiny soft">
        Every template carries the digest of the whole pipeline, and templates of two pipelines are never compared:{' '}
        <span className="digest">{model.sha256}</span> ({model.dimension} numbers per template)
      </p>
    </RuleSection>
  )
}

function Network({ network }: { readonly network: CardNetwork }) {
  const { id, role, source, brought, licence, trainingData, input, sha256 } = network
  return (
    <li className="stack stack--tight">
      <div className="row row--apart">
        <h3>{id}</h3>
        <span className="small soft">{ROLES[role]}</span>
      </div>
      <dl className="facts">
        <div>
          <dt>From</dt>
          <dd>{brought ? `${source}, brought by this bureau` : source}</dd>
        </div>
        <div>
          <dt>Licence stated</dt>
          <dd>
            {licence.stated}
            {licence.note === '' ? null : <p className="soft">{licence.note}</p>}
          </dd>
        </div>
        <div>
          <dt>Trained on</dt>
          <dd>{trainingData}</dd>
        </div>
        <div>
          <dt>Is fed</dt>
          <dd>{input}</dd>
        </div>
        <div>
          <dt>SHA-256</dt>
          <dd className="digest">{sha256}</dd>
        </div>
      </dl>
    </li>
  )
}
