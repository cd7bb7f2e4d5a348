import { type Account, listAccounts, suspendAccount } from '../../access/index.ts'
import { type Certificate, countsAt, listCertificates } from '../../training/index.ts'
import { actorOf } from '../authenticate.ts'
import {
  type AccountBody,
  type AccountList,
  accountListSchema,
  idParams,
  suspendedSchema,
  suspensionBody,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { answers } from '../route-docs.ts'

export function accountRoutes(app: Door, deps: HttpDeps): void {
  listRoute(app, deps)
  const schema = {
    tags: ['accounts'],
    summary: 'Suspend an account and end its sessions at once',
    params: idParams,
    body: suspensionBody,
    response: answers({ 200: suspendedSchema }, 400, 403, 404, 409, 415, 422),
  }
  app.post('/accounts/:id/suspension', { schema }, async (request) => {
    const input = { account: request.params.id, reason: request.body.reason }
    const { id, state } = valueFrom(await suspendAccount(deps, actorOf(request), input))
    return { id, state }
  })
}

function listRoute(app: Door, deps: HttpDeps): void {
  const response = answers({ 200: accountListSchema }, 403)
  const schema = { tags: ['accounts'], summary: 'Accounts of the own agency, with certificates', response }
  app.get('/accounts', { schema }, async (request): Promise<AccountList> => {
    const actor = actorOf(request)
    const accounts = valueFrom(await listAccounts(deps, actor))
    const certificates = valueFrom(await listCertificates(deps, actor))
    const now = deps.clock.now()
    return { accounts: accounts.map((account) => accountBody(account, certificates, now)) }
  })
}

function accountBody(account: Account, certificates: readonly Certificate[], now: Date): AccountBody {
  const { id, username, name, roles, state, openedAt } = account
  const own = certificates.filter((certificate) => certificate.account === id)
  return {
    ...{ id, username, name, roles: [...roles], state, openedAt },
    certificates: own.map((certificate) => certificateBody(certificate, now)),
  }
}

function certificateBody(certificate: Certificate, now: Date): AccountBody['certificates'][number] {
  const { id, track, course, issuedAt, expiresAt, revokedAt } = certificate
  return { id, track, course, issuedAt, expiresAt, revokedAt, valid: countsAt(certificate, now) }
}
