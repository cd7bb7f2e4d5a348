import { toStamp } from '../../base/index.ts'
import { sql, type Tx } from '../../store/index.ts'
import type { FloorFinding } from './judge-evaluation.ts'
import type { Approval, OperatingPoint, Proposal, ProposalState } from './operating-point.ts'

interface PointRow {
  readonly id: string
  readonly model_id: string
  readonly model_sha256: string
  readonly similarity_floor: number
  readonly proposal: string | null
  readonly evaluation: string | null
  readonly activated_at: Date
}

interface ProposalRow {
  readonly id: string
  readonly kind: 'model' | 'floor'
  readonly model_id: string
  readonly model_sha256: string
  readonly similarity_floor: number
  readonly evaluation: string
  readonly findings: readonly FloorFinding[]
  readonly proposed_at: Date
  readonly proposed_by: string
  readonly proposed_by_name: string
  readonly outcome: 'rejected' | 'withdrawn' | null
  readonly reason: string | null
  readonly closed_at: Date | null
  readonly activated: boolean
  readonly latest: boolean
}

interface ApprovalRow {
  readonly proposal: string
  readonly account: string
  readonly account_name: string
  readonly approved_at: Date
}

/** One change of the operating point at a time, until the transaction ends. */
export async function lockOperatingPoint(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('operating_point'))`.execute(tx)
}

/** The operating point in force; null while nobody ever changed anything. */
export async function currentOperatingPoint(tx: Tx): Promise<OperatingPoint | null> {
  const { rows } = await sql<PointRow>`select * from operating_point order by seq desc limit 1`.execute(tx)
  const row = rows[0]
  if (row === undefined) return null
  return {
    id: row.id,
    model: { id: row.model_id, sha256: row.model_sha256 },
    similarityFloor: row.similarity_floor,
    proposal: row.proposal,
    evaluation: row.evaluation,
    activatedAt: toStamp(row.activated_at),
  }
}

export async function insertOperatingPoint(tx: Tx, point: OperatingPoint): Promise<void> {
  await sql`insert into operating_point (id, model_id, model_sha256, similarity_floor, proposal, evaluation,
      activated_at)
    values (${point.id}, ${point.model.id}, ${point.model.sha256}, ${point.similarityFloor}, ${point.proposal},
      ${point.evaluation}, ${point.activatedAt})`.execute(tx)
}

export async function insertProposal(
  tx: Tx,
  proposal: Omit<Proposal, 'approvals' | 'closure' | 'state'>,
): Promise<void> {
  const { id, kind, model, similarityFloor, evaluation, findings, proposedAt, proposedBy, proposedByName } = proposal
  await sql`insert into operating_point_proposal (id, kind, model_id, model_sha256, similarity_floor, evaluation,
      findings, proposed_at, proposed_by, proposed_by_name)
    values (${id}, ${kind}, ${model.id}, ${model.sha256}, ${similarityFloor}, ${evaluation},
      ${JSON.stringify(findings)}::jsonb, ${proposedAt}, ${proposedBy}, ${proposedByName})`.execute(tx)
}

export async function insertApproval(tx: Tx, proposal: Proposal, approval: Approval): Promise<void> {
  await sql`insert into operating_point_approval (proposal, proposed_by, account, account_name, place, approved_at)
    values (${proposal.id}, ${proposal.proposedBy}, ${approval.account}, ${approval.name},
      ${proposal.approvals.length + 1}, ${approval.at})`.execute(tx)
}

export interface Closure {
  readonly proposal: string
  readonly outcome: 'rejected' | 'withdrawn'
  readonly reason: string
  readonly closedAt: string
  readonly closedBy: string
}

export async function insertClosure(tx: Tx, closure: Closure): Promise<void> {
  await sql`insert into operating_point_closure (proposal, outcome, reason, closed_at, closed_by)
    values (${closure.proposal}, ${closure.outcome}, ${closure.reason}, ${closure.closedAt}, ${closure.closedBy})
  `.execute(tx)
}

/** Every proposal, newest first. */
export async function readProposals(tx: Tx): Promise<readonly Proposal[]> {
  const { rows } = await sql<ProposalRow>`select p.*, c.outcome, c.reason, c.closed_at,
      o.id is not null as activated, coalesce(o.seq = (select max(seq) from operating_point), false) as latest
    from operating_point_proposal p
    left join operating_point_closure c on c.proposal = p.id
    left join operating_point o on o.proposal = p.id
    order by p.seq desc`.execute(tx)
  const approvals = await sql<ApprovalRow>`select proposal, account, account_name, approved_at
    from operating_point_approval order by proposal, place`.execute(tx)
  const byProposal = Map.groupBy(approvals.rows, (row) => row.proposal)
  return rows.map((row) => proposalOfRow(row, (byProposal.get(row.id) ?? []).map(approvalOfRow)))
}

export async function proposalOf(tx: Tx, id: string): Promise<Proposal | null> {
  return (await readProposals(tx)).find((proposal) => proposal.id === id) ?? null
}

/** The proposal that waits for approvals or templates; there is never more than one. */
export async function openProposal(tx: Tx): Promise<Proposal | null> {
  const isOpen = ({ state }: Proposal) => state === 'proposed' || state === 'approved'
  return (await readProposals(tx)).find(isOpen) ?? null
}

function approvalOfRow(row: ApprovalRow): Approval {
  return { account: row.account, name: row.account_name, at: toStamp(row.approved_at) }
}

function proposalOfRow(row: ProposalRow, approvals: readonly Approval[]): Proposal {
  return {
    id: row.id,
    kind: row.kind,
    model: { id: row.model_id, sha256: row.model_sha256 },
    similarityFloor: row.similarity_floor,
    evaluation: row.evaluation,
    findings: row.findings,
    proposedAt: toStamp(row.proposed_at),
    proposedBy: row.proposed_by,
    proposedByName: row.proposed_by_name,
    approvals,
    closure: closureOfRow(row),
    state: stateOf(row, approvals.length),
  }
}

function closureOfRow({ outcome, reason, closed_at }: ProposalRow): Proposal['closure'] {
  if (outcome === null || reason === null || closed_at === null) return null
  return { outcome, reason, at: toStamp(closed_at) }
}

function stateOf(row: ProposalRow, approvals: number): ProposalState {
  if (row.outcome !== null) return row.outcome
  if (row.activated) return row.latest ? 'active' : 'superseded'
  return approvals < 2 ? 'proposed' : 'approved'
}
