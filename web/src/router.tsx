import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { SignInPage } from './pages/sign-in/sign-in-page.tsx'
import { readNext } from './session/next-address.ts'
import { ConsoleFrame } from './shell/console-frame.tsx'
import { Home } from './shell/home.tsx'
import { NotFound } from './shell/not-found.tsx'
import { PageTrouble } from './shell/page-trouble.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageTrouble })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readNext,
  component: SignInPage,
})

const frame = createRoute({
  getParentRoute: () => root,
  id: 'console',
  component: ConsoleFrame,
  notFoundComponent: NotFound,
})

const under = { getParentRoute: () => frame } as const

const pages = [
  createRoute({ ...under, path: '/', component: Home }),
  createRoute({
    ...under,
    path: '/requests/new',
    component: lazyRouteComponent(() => import('./pages/new-request/new-request-page.tsx'), 'NewRequestPage'),
  }),
  createRoute({
    ...under,
    path: '/requests',
    component: lazyRouteComponent(() => import('./pages/requests/requests-page.tsx'), 'RequestsPage'),
  }),
  createRoute({
    ...under,
    path: '/requests/$id',
    component: lazyRouteComponent(() => import('./pages/requests/request-page.tsx'), 'RequestPage'),
  }),
  createRoute({
    ...under,
    path: '/examinations',
    component: lazyRouteComponent(() => import('./pages/examinations/queue-page.tsx'), 'QueuePage'),
  }),
  createRoute({
    ...under,
    path: '/examinations/$id',
    component: lazyRouteComponent(() => import('./pages/examinations/examination-page.tsx'), 'ExaminationPage'),
  }),
  createRoute({
    ...under,
    path: '/leads',
    component: lazyRouteComponent(() => import('./pages/leads/leads-page.tsx'), 'LeadsPage'),
  }),
  createRoute({
    ...under,
    path: '/leads/$id',
    component: lazyRouteComponent(() => import('./pages/leads/lead-page.tsx'), 'LeadPage'),
  }),
  createRoute({
    ...under,
    path: '/gallery',
    component: lazyRouteComponent(() => import('./pages/gallery/gallery-page.tsx'), 'GalleryPage'),
  }),
  createRoute({
    ...under,
    path: '/policy',
    component: lazyRouteComponent(() => import('./pages/policy/policy-page.tsx'), 'PolicyPage'),
  }),
  createRoute({
    ...under,
    path: '/model',
    component: lazyRouteComponent(() => import('./pages/model/model-page.tsx'), 'ModelPage'),
  }),
  createRoute({
    ...under,
    path: '/log',
    component: lazyRouteComponent(() => import('./pages/log/log-page.tsx'), 'LogPage'),
  }),
  createRoute({
    ...under,
    path: '/accounts',
    component: lazyRouteComponent(() => import('./pages/accounts/accounts-page.tsx'), 'AccountsPage'),
  }),
] as const

const routeTree = root.addChildren([signIn, frame.addChildren(pages)])

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: PageTrouble,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
