import { type Account, listAccounts, releaseAccount, suspendAccount } from '../../access/index.ts'
import { type Certificate, listCertificates } from '../../training/index.ts'
import { actorOf } from '../authenticate.ts'
import {
  type AccountBody,
  type AccountList,
  type AccountState,
  accountListSchema,
  accountStateSchema,
  idParams,
  suspensionBody,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { answers, changes } from '../route-docs.ts'
import { certificateBody } from './certificates.ts'

export function accountRoutes(app: Door, deps: HttpDeps): void {
  listRoute(app, deps)
  const changing = {
    tags: ['accounts'],
    params: idParams,
    response: changes({ 200: accountStateSchema }, 404, 409, 422),
  }
  const suspending = { ...changing, summary: 'Suspend an account and end its sessions at once', body: suspensionBody }
  app.post('/accounts/:id/suspension', { schema: suspending }, async (request): Promise<AccountState> => {
    const input = { account: request.params.id, reason: request.body.reason }
    const { id, state } = valueFrom(await suspendAccount(deps, actorOf(request), input))
    return { id, state }
  })

  const releasing = { ...changing, summary: 'Release an account that failed sign-ins locked' }
  app.post('/accounts/:id/release', { schema: releasing }, async (request): Promise<AccountState> => {
    const { id, state } = valueFrom(await releaseAccount(deps, actorOf(request), { account: request.params.id }))
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
