import { type EntryPlace, placedEntries } from '../audit/index.ts'
import { toStamp } from '../base/index.ts'
import { sql, type Tx } from '../store/index.ts'
import type { CorroborationRecord, CorroborationType } from './corroboration.ts'
import type { Lead, Reliance } from './lead.ts'

interface LeadRow {
  readonly id: string
  readonly request: string
  readonly agency: string
  readonly booking: string
  readonly candidate: string
  readonly issued_at: Date
  readonly issued_by: string
  readonly disclaimer_version: string
  readonly relied_on: boolean
}

interface CorroborationRow {
  readonly id: string
  readonly lead: string
  readonly agency: string
  readonly type: CorroborationType
  readonly independent_of_lead: boolean
  readonly derived_from_lead: boolean
  readonly obtained_at: Date
  readonly reference: string
  readonly note: string | null
  readonly recorded_by: string
  readonly recorded_at: Date
}

interface RelianceRow {
  readonly id: string
  readonly lead: string
  readonly corroboration: string
  readonly recorded_by: string
  readonly recorded_at: Date
}

const LEAD = sql`select lead.id, request, agency, booking, candidate, issued_at, issued_by, disclaimer_version,
  exists (select 1 from reliance where reliance.lead = lead.id) as relied_on from lead`

/** Nobody else makes the lead of this request until the transaction ends. */
export async function lockLead(tx: Tx, request: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`lead/${request}`}, 0))`.execute(tx)
}

export async function insertLead(tx: Tx, lead: Lead): Promise<void> {
  await sql`insert into lead (id, request, agency, booking, candidate, issued_at, issued_by, disclaimer_version)
    values (${lead.id}, ${lead.request}, ${lead.agency}, ${lead.booking}, ${lead.candidate}, ${lead.issuedAt},
            ${lead.issuedBy}, ${lead.disclaimerVersion})`.execute(tx)
}

export async function leadById(tx: Tx, id: string): Promise<Lead | null> {
  const { rows } = await sql<LeadRow>`${LEAD} where lead.id = ${id}`.execute(tx)
  return (await leadsOfRows(tx, rows))[0] ?? null
}

export async function leadOfRequest(tx: Tx, request: string): Promise<Lead | null> {
  const { rows } = await sql<LeadRow>`${LEAD} where request = ${request}`.execute(tx)
  return (await leadsOfRows(tx, rows))[0] ?? null
}

/** The agency's leads, newest first. */
export async function leadsOfAgency(tx: Tx): Promise<readonly Lead[]> {
  const { rows } = await sql<LeadRow>`${LEAD} order by issued_at desc, lead.id desc`.execute(tx)
  return await leadsOfRows(tx, rows)
}

/** ISO day of the newest photograph of the subject of a booking. */
export async function newestPhotoDateOf(tx: Tx, booking: string): Promise<string | null> {
  const { rows } = await sql<{ newest: string }>`select newest::text as newest from lead_newest_photograph
    where booking = ${booking}`.execute(tx)
  return rows[0]?.newest ?? null
}

export async function insertCorroboration(tx: Tx, record: CorroborationRecord): Promise<void> {
  const r = record
  await sql`insert into corroboration (id, agency, lead, type, independent_of_lead, derived_from_lead, obtained_at,
      reference, note, recorded_by, recorded_at)
    values (${r.id}, ${r.agency}, ${r.lead}, ${r.type}, ${r.independentOfLead}, ${r.derivedFromLead}, ${r.obtainedAt},
            ${r.reference}, ${r.note}, ${r.recordedBy}, ${r.recordedAt})`.execute(tx)
}

/** The evidence with that id beside that lead. */
export async function corroborationOf(tx: Tx, lead: string, id: string): Promise<CorroborationRecord | null> {
  const records = await corroborationsOf(tx, lead)
  return records.find((record) => record.id === id) ?? null
}

/** Oldest first. */
export async function corroborationsOf(tx: Tx, lead: string): Promise<readonly CorroborationRecord[]> {
  const { rows } = await sql<CorroborationRow>`select * from corroboration where lead = ${lead}
    order by recorded_at, id`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    lead: row.lead,
    agency: row.agency,
    type: row.type,
    independentOfLead: row.independent_of_lead,
    derivedFromLead: row.derived_from_lead,
    obtainedAt: toStamp(row.obtained_at),
    reference: row.reference,
    note: row.note,
    recordedBy: row.recorded_by,
    recordedAt: toStamp(row.recorded_at),
  }))
}

/** False when the arrest is recorded already. */
export async function insertReliance(tx: Tx, agency: string, reliance: Reliance): Promise<boolean> {
  const { rows } = await sql`insert into reliance (id, agency, lead, corroboration, recorded_by, recorded_at)
    values (${reliance.id}, ${agency}, ${reliance.lead}, ${reliance.corroboration}, ${reliance.recordedBy},
            ${reliance.recordedAt})
    on conflict (lead, corroboration) do nothing returning id`.execute(tx)
  return rows.length === 1
}

/** Oldest first. */
export async function reliancesOf(tx: Tx, lead: string): Promise<readonly Reliance[]> {
  const { rows } = await sql<RelianceRow>`select * from reliance where lead = ${lead} order by recorded_at, id
  `.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    lead: row.lead,
    corroboration: row.corroboration,
    recordedBy: row.recorded_by,
    recordedAt: toStamp(row.recorded_at),
  }))
}

async function leadsOfRows(tx: Tx, rows: readonly LeadRow[]): Promise<readonly Lead[]> {
  const ids = rows.map((row) => row.id)
  const places = await placedEntries(tx, 'lead.issued', ids)
  return rows.map((row) => leadOfRow(row, places.get(row.id) ?? null))
}

function leadOfRow(row: LeadRow, log: EntryPlace | null): Lead {
  return {
    id: row.id,
    request: row.request,
    agency: row.agency,
    booking: row.booking,
    candidate: row.candidate,
    issuedAt: toStamp(row.issued_at),
    issuedBy: row.issued_by,
    disclaimerVersion: row.disclaimer_version,
    status: row.relied_on ? 'relied_on' : 'open',
    log,
  }
}
