import { AppShell, Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { companyQuery } from '../api/queries';
import { useWords } from '../words/language';
import { useAccount } from './account';
import { AccountMenu } from './account-menu';
import { LanguageSwitch, SchemeSwitch } from './choices';
import { Icon, Mark } from './icons';

/** The frame around every page: the rail with the places this person may use, and a header. */
export function Shell(): ReactNode {
  const { w, language } = useWords();
  const { mode, can, permissions } = useAccount();
  const [opened, menu] = useDisclosure();
  const company = useQuery(companyQuery);
  const development = mode === 'development';
  const places = can('alumni:read') || can('imports:write');

  return (
    <AppShell
      layout="alt"
      header={{ height: development ? 76 : 52 }}
      navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !opened, desktop: !places } }}
    >
      <a className="e-skip" href="#content">
        {w.shell.skip}
      </a>
      <AppShell.Header>
        {development && <div className="e-ribbon">{w.shell.development}</div>}
        <div className="e-bar">
          {places && (
            <Burger
              opened={opened}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={opened ? w.shell.closeMenu : w.shell.openMenu}
            />
          )}
          <span className="e-company">
            {company.data && (company.data.party?.name[language] ?? w.shell.companyUnnamed)}
          </span>
          <LanguageSwitch />
          <SchemeSwitch />
          <AccountMenu />
        </div>
      </AppShell.Header>
      {places && (
        <AppShell.Navbar p={8} bg="var(--e-rail)" aria-label={w.shell.navigation}>
          <Link to="/" className="e-mark">
            <Mark />
            {w.shell.product}
          </Link>
          <span className="e-place">{w.shell.places.alumni}</span>
          {can('alumni:read') && (
            <Link
              to="/alumni"
              activeOptions={{ exact: true, includeSearch: false }}
              className="e-link"
              onClick={menu.close}
            >
              <Icon name="people" />
              {w.shell.places.roster}
            </Link>
          )}
          {permissions.includes('imports:read') && (
            <Link to="/alumni/import" className="e-link" onClick={menu.close}>
              <Icon name="inbox" />
              {w.shell.places.import}
            </Link>
          )}
          {can('duplicates:read') && (
            <Link to="/alumni/duplicates" className="e-link" onClick={menu.close}>
              <Icon name="pair" />
              {w.shell.places.duplicates}
            </Link>
          )}
        </AppShell.Navbar>
      )}
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
