import type { ModelChanges } from '../../api/types.ts'
import { formatCount } from '../../components/moment.tsx'

/** How far the templates of the new model have come; searches go on with the former one meanwhile. */
export function MigrationProgress({ migration }: { readonly migration: NonNullable<ModelChanges['migration']> }) {
  const { coverage, failures } = migration
  const { bookings, templates, failed, missing } = coverage
  return (
    <div className="stack stack--tight">
      <label className="small" htmlFor="migration">
        Templates of the new model: {formatCount(templates)} of {formatCount(bookings)} photographs
        {missing === 0 ? ', all looked at' : '. Searches go on with the model in force.'}
      </label>
      <progress id="migration" max={Math.max(1, bookings)} value={templates + failed} />
      {failures.length === 0 ? null : (
        <p className="small soft">
          No template could be made of {formatCount(failed)}:{' '}
          {failures.map(({ code, photographs }) => `${formatCount(photographs)} ${code}`).join(', ')}
        </p>
      )}
    </div>
  )
}
