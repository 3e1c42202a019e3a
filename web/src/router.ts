import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { trackNavigation } from './state/address.ts'
import { session } from './state/session.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the title in the messages, and of the item lit up in the header. */
    title: string
    item?: 'map' | 'riskList' | 'rectification' | 'drills' | 'statistics' | 'imports'
    /** The role's action without which the page is not there. */
    needs?: string
    isPublic?: true
    /** Another title on a phone, where the page is another one. */
    phoneTitle?: string
    /** On a phone the page brings its own bar above, with the way back, and needs the room below. */
    hasOwnPhoneHead?: true
    /** A sheet of paper: nothing of the frame is round it. */
    isSheet?: true
  }
}

// each page is read when somebody goes there
const PAGES = {
  MapPage: () => import('./panels/map/MapPage.vue'),
  RiskListPage: () => import('./panels/risk-list/RiskListPage.vue'),
  PrintSettingsPage: () => import('./panels/settings/PrintSettingsPage.vue'),
  MapSheetPage: () => import('./panels/print/MapSheetPage.vue'),
  RiskSheetPage: () => import('./panels/print/RiskSheetPage.vue'),
  SitePage: () => import('./panels/sites/SitePage.vue'),
  RectificationPage: () => import('./panels/rectification/RectificationPage.vue'),
  ReportPage: () => import('./panels/rectification/ReportPage.vue'),
  MePage: () => import('./panels/rectification/MePage.vue'),
  DrillsPage: () => import('./panels/drills/DrillsPage.vue'),
  ClausesPage: () => import('./panels/clauses/ClausesPage.vue'),
  StatisticsPage: () => import('./panels/statistics/StatisticsPage.vue'),
  ImportsPage: () => import('./panels/imports/ImportsPage.vue'),
  PressureSettingsPage: () => import('./panels/settings/PressureSettingsPage.vue'),
  AssessPage: () => import('./panels/assessment/AssessPage.vue'),
  GapsPage: () => import('./panels/gaps/GapsPage.vue'),
  GapSettingsPage: () => import('./panels/settings/GapSettingsPage.vue'),
  MethodSettingsPage: () => import('./panels/settings/MethodSettingsPage.vue'),
  SignInPage: () => import('./panels/sign-in/SignInPage.vue'),
  NotFoundPage: () => import('./panels/frame/NotFoundPage.vue'),
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'map', component: PAGES.MapPage, meta: { title: 'frame.map', item: 'map' } },
    {
      path: '/risk-list',
      name: 'risk-list',
      component: PAGES.RiskListPage,
      meta: { title: 'frame.riskList', item: 'riskList' },
    },
    {
      path: '/settings/print',
      name: 'print-settings',
      component: PAGES.PrintSettingsPage,
      meta: { title: 'print.settings.title', needs: 'manage' },
    },
    {
      path: '/print/map',
      name: 'print-map',
      component: PAGES.MapSheetPage,
      meta: { title: 'frame.map', isSheet: true },
    },
    {
      path: '/print/risk-list',
      name: 'print-risk-list',
      component: PAGES.RiskSheetPage,
      meta: { title: 'frame.riskList', isSheet: true },
    },
    {
      path: '/sites/:id',
      name: 'site',
      component: PAGES.SitePage,
      meta: { title: 'frame.site', item: 'riskList' },
    },
    {
      path: '/rectification',
      name: 'rectification',
      component: PAGES.RectificationPage,
      meta: { title: 'frame.rectification', phoneTitle: 'rectification.mineTitle', item: 'rectification' },
    },
    {
      path: '/rectification/:id',
      name: 'rectification-hazard',
      component: PAGES.RectificationPage,
      meta: { title: 'frame.rectification', item: 'rectification', hasOwnPhoneHead: true },
    },
    {
      path: '/report',
      name: 'report',
      component: PAGES.ReportPage,
      meta: { title: 'rectification.reportTitle' },
    },
    {
      path: '/clauses',
      name: 'clauses',
      component: PAGES.ClausesPage,
      meta: { title: 'clauses.title', item: 'riskList' },
    },
    { path: '/me', name: 'me', component: PAGES.MePage, meta: { title: 'rectification.mePage' } },
    {
      path: '/drills',
      name: 'drills',
      component: PAGES.DrillsPage,
      meta: { title: 'frame.drills', item: 'drills' },
    },
    {
      path: '/drills/:id',
      name: 'drill',
      component: PAGES.DrillsPage,
      meta: { title: 'frame.drills', item: 'drills' },
    },
    {
      path: '/statistics',
      name: 'statistics',
      component: PAGES.StatisticsPage,
      meta: { title: 'frame.statistics', item: 'statistics' },
    },
    {
      path: '/imports',
      name: 'imports',
      component: PAGES.ImportsPage,
      meta: { title: 'frame.imports', item: 'imports', needs: 'import' },
    },
    {
      path: '/settings/pressure',
      name: 'pressure-settings',
      component: PAGES.PressureSettingsPage,
      meta: { title: 'pressureSettings.title', item: 'riskList' },
    },
    {
      path: '/assess',
      name: 'assess',
      component: PAGES.AssessPage,
      meta: { title: 'assessment.title', item: 'riskList' },
    },
    {
      path: '/gaps',
      name: 'gaps',
      component: PAGES.GapsPage,
      meta: { title: 'gaps.title', item: 'riskList' },
    },
    {
      path: '/settings/gaps',
      name: 'gap-settings',
      component: PAGES.GapSettingsPage,
      meta: { title: 'gapSettings.title', needs: 'manage' },
    },
    {
      path: '/settings/risk-methods',
      name: 'method-settings',
      component: PAGES.MethodSettingsPage,
      meta: { title: 'methodSettings.title', item: 'riskList', needs: 'manage' },
    },
    {
      path: '/sign-in',
      name: 'sign-in',
      component: PAGES.SignInPage,
      meta: { title: 'frame.signIn', isPublic: true },
    },
    {
      path: '/:path(.*)*',
      name: 'not-found',
      component: PAGES.NotFoundPage,
      meta: { title: 'frame.notFound' },
    },
  ],
})

trackNavigation(router)

/** Where a person begins: officers with their work, all others with the map. */
export const landingPath = (): string => (session.value?.user.role === 'officer' ? '/rectification' : '/')

router.beforeEach((to, from) => {
  const person = session.value?.user
  if (to.meta.isPublic) return person && to.name === 'sign-in' ? landingPath() : true
  if (!person) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
  if (to.meta.needs && !person.actions.includes(to.meta.needs)) return notFound(to)
  // the bare address opened anew; the map writes its view into it, so a reload of the map stays there
  const isArrival = from.matched.length === 0 && to.fullPath === '/'
  if (isArrival && landingPath() !== '/') return landingPath()
  return true
})

// the page was built anew since it was opened: its parts have other names now
router.onError((error, to) => {
  if (/dynamically imported module|preload CSS/i.test(String(error))) location.assign(to.fullPath)
})

/** What a role may not do is not there, as for an address that nobody knows. */
function notFound(to: RouteLocationNormalized) {
  return { name: 'not-found', params: { path: to.path.slice(1).split('/') }, replace: true }
}
