import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { examinationQuery } from '../../api/examinations.ts'
import { referenceQuery } from '../../api/session.ts'
import type { SignedExamination } from '../../api/types.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { Permitted } from '../../session/permitted.tsx'
import { Page } from '../../shell/page.tsx'
import { ExaminationDesk } from './examination-desk.tsx'
import { SignedResult } from './signed-result.tsx'

export function ExaminationPage() {
  return (
    <Permitted place="/examinations">
      <OneExamination />
    </Permitted>
  )
}

function OneExamination() {
  const { id } = useParams({ from: '/console/examinations/$id' })
  const [signed, setSigned] = useState<SignedExamination | null>(null)
  const view = useQuery(examinationQuery(id))
  const reference = useQuery(referenceQuery)
  if (signed !== null) return <SignedResult signed={signed} />
  return (
    <Page title="Examination" wide above={<Link to="/examinations">Queue</Link>}>
      <Loaded query={reference}>
        {(words) => (
          <Loaded query={view}>
            {(data) =>
              data.signed ? <AlreadySigned /> : <ExaminationDesk view={data} reference={words} onSigned={setSigned} />
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

function AlreadySigned() {
  return (
    <Notice title="You have signed this examination.">
      <p className="small">A signed examination is never changed.</p>
    </Notice>
  )
}
