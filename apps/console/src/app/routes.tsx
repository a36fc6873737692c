import { Button } from '@mantine/core';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
  Navigate,
  type ErrorComponentProps,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { readPairSearch } from '../duplicates/pairs';
import { readPlanSearch } from '../erasure/erasures';
import { readDueSearch } from '../erasure/retention';
import { readRequestSearch, readRequestsSearch } from '../requests/address';
import { readRosterSearch } from '../roster/address';
import { readWorkSearch } from '../work/work';
import { useWords } from '../words/language';
import { Page } from './page';
import { Shell } from './shell';

/** The day begins with what waits. */
function First(): ReactNode {
  return <Navigate to="/work" replace />;
}

function NotFound(): ReactNode {
  const { w } = useWords();
  return (
    <Page title={w.nowhere.notFoundTitle}>
      <p className="e-text">{w.nowhere.notFoundText}</p>
      <p>
        <Link to="/">{w.nowhere.toStart}</Link>
      </p>
    </Page>
  );
}

function Broken({ error }: ErrorComponentProps): ReactNode {
  const { w } = useWords();
  return (
    <Page title={w.nowhere.brokenTitle}>
      <p className="e-text">{w.nowhere.brokenText}</p>
      <p className="e-code">{error instanceof Error ? error.name : typeof error}</p>
      <Button variant="default" onClick={() => window.location.reload()}>
        {w.nowhere.reload}
      </Button>
    </Page>
  );
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Broken });

const first = createRoute({ getParentRoute: () => root, path: '/', component: First });
const work = createRoute({
  getParentRoute: () => root,
  path: '/work',
  validateSearch: readWorkSearch,
  component: lazyRouteComponent(() => import('../work/work-page'), 'WorkPage'),
});
const roster = createRoute({
  getParentRoute: () => root,
  path: '/alumni',
  validateSearch: readRosterSearch,
  component: lazyRouteComponent(() => import('../roster/roster-page'), 'RosterPage'),
});
const imports = createRoute({
  getParentRoute: () => root,
  path: '/alumni/import',
  component: lazyRouteComponent(() => import('../import/imports-page'), 'ImportsPage'),
});
const oneImport = createRoute({
  getParentRoute: () => root,
  path: '/alumni/import/$importId',
  component: lazyRouteComponent(() => import('../import/import-page'), 'ImportPage'),
});
const duplicates = createRoute({
  getParentRoute: () => root,
  path: '/alumni/duplicates',
  validateSearch: readPairSearch,
  component: lazyRouteComponent(() => import('../duplicates/duplicates-page'), 'DuplicatesPage'),
});
const onePair = createRoute({
  getParentRoute: () => root,
  path: '/alumni/duplicates/$alumnusId/$otherId',
  component: lazyRouteComponent(() => import('../duplicates/pair-page'), 'PairPage'),
});
const erasures = createRoute({
  getParentRoute: () => root,
  path: '/erasures',
  component: lazyRouteComponent(() => import('../erasure/erasures-page'), 'ErasuresPage'),
});
const newPlan = createRoute({
  getParentRoute: () => root,
  path: '/erasures/new',
  validateSearch: readPlanSearch,
  component: lazyRouteComponent(() => import('../erasure/new-plan-page'), 'NewPlanPage'),
});
const oneErasure = createRoute({
  getParentRoute: () => root,
  path: '/erasures/$erasureId',
  component: lazyRouteComponent(() => import('../erasure/erasure-page'), 'ErasurePage'),
});
const retention = createRoute({
  getParentRoute: () => root,
  path: '/retention',
  validateSearch: readDueSearch,
  component: lazyRouteComponent(() => import('../erasure/retention-page'), 'RetentionPage'),
});
const personRetention = createRoute({
  getParentRoute: () => root,
  path: '/retention/$alumnusId',
  component: lazyRouteComponent(() => import('../erasure/person-retention-page'), 'PersonRetentionPage'),
});
const holds = createRoute({
  getParentRoute: () => root,
  path: '/holds',
  component: lazyRouteComponent(() => import('../erasure/holds-page'), 'HoldsPage'),
});
const purposes = createRoute({
  getParentRoute: () => root,
  path: '/governance/purposes',
  component: lazyRouteComponent(() => import('../governance/purposes-page'), 'PurposesPage'),
});
const readiness = createRoute({
  getParentRoute: () => root,
  path: '/governance',
  component: lazyRouteComponent(() => import('../governance/readiness-page'), 'ReadinessPage'),
});
const publicPage = createRoute({
  getParentRoute: () => root,
  path: '/governance/page',
  component: lazyRouteComponent(() => import('../governance/public-page'), 'PublicPage'),
});
const rules = createRoute({
  getParentRoute: () => root,
  path: '/governance/rules',
  component: lazyRouteComponent(() => import('../governance/rules-page'), 'RulesPage'),
});
const exports = createRoute({
  getParentRoute: () => root,
  path: '/audit/exports',
  component: lazyRouteComponent(() => import('../audit/exports-page'), 'ExportsPage'),
});
const newExport = createRoute({
  getParentRoute: () => root,
  path: '/audit/exports/new',
  component: lazyRouteComponent(() => import('../audit/new-export-page'), 'NewExportPage'),
});
const oneExport = createRoute({
  getParentRoute: () => root,
  path: '/audit/exports/$exportId',
  component: lazyRouteComponent(() => import('../audit/export-page'), 'ExportPage'),
});
const accounts = createRoute({
  getParentRoute: () => root,
  path: '/audit/accounts',
  component: lazyRouteComponent(() => import('../audit/accounts-page'), 'AccountsPage'),
});
const accessLog = createRoute({
  getParentRoute: () => root,
  path: '/audit/log',
  component: lazyRouteComponent(() => import('../audit/access-log-page'), 'AccessLogPage'),
});
const proof = createRoute({
  getParentRoute: () => root,
  path: '/audit/proof',
  component: lazyRouteComponent(() => import('../audit/proof-page'), 'ProofPage'),
});
const requests = createRoute({
  getParentRoute: () => root,
  path: '/requests',
  validateSearch: readRequestsSearch,
  component: lazyRouteComponent(() => import('../requests/requests-page'), 'RequestsPage'),
});
const oneRequest = createRoute({
  getParentRoute: () => root,
  path: '/requests/$requestId',
  validateSearch: readRequestSearch,
  component: lazyRouteComponent(() => import('../requests/request-page'), 'RequestPage'),
});
const desk = [work, requests, oneRequest] as const;
const people = [roster, imports, oneImport, duplicates, onePair] as const;
const erasing = [erasures, newPlan, oneErasure, retention, personRetention, holds] as const;
const governing = [purposes, readiness, publicPage, rules] as const;
const auditing = [exports, newExport, oneExport, accounts, accessLog, proof] as const;
const tree = root.addChildren([first, ...desk, ...people, ...erasing, ...governing, ...auditing]);

/** The addresses of the console. They hold opaque ids and codes only, never a name or what was searched for. */
export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
