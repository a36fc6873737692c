import { AppShell, Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { companyQuery } from '../api/queries';
import { useWords } from '../words/language';
import { useAccount } from './account';
import { AccountMenu } from './account-menu';
import { AsOfReading, AsOfRibbon, useAsOf } from './as-of';
import { LanguageSwitch, SchemeSwitch } from './choices';
import { Icon, Mark } from './icons';
import { PLACES } from './places';

/** The frame around every page: the rail with the places this person may use, and a header. */
export function Shell(): ReactNode {
  const { w, language } = useWords();
  const { mode, can } = useAccount();
  const [opened, menu] = useDisclosure();
  const company = useQuery(companyQuery);
  const past = useAsOf() !== undefined;
  const development = mode === 'development';
  const ribbons = (development ? 24 : 0) + (past ? 36 : 0);
  const places = PLACES.map(({ place, links }) => ({
    place,
    links: links.filter(({ may }) => can(may)),
  })).filter(({ links }) => links.length > 0);

  return (
    <AppShell
      layout="alt"
      header={{ height: 52 + ribbons }}
      navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !opened } }}
    >
      <a className="e-skip" href="#content">
        {w.shell.skip}
      </a>
      <AppShell.Header data-as-of={past || undefined}>
        {development && <div className="e-ribbon">{w.shell.development}</div>}
        <AsOfRibbon />
        <div className="e-bar">
          <Burger
            opened={opened}
            onClick={menu.toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={opened ? w.shell.closeMenu : w.shell.openMenu}
          />
          <span className="e-company">
            {company.data && (company.data.party?.name[language] ?? w.shell.companyUnnamed)}
          </span>
          <LanguageSwitch />
          <SchemeSwitch />
          <AccountMenu />
        </div>
      </AppShell.Header>
      <AppShell.Navbar p={8} bg="var(--e-rail)" aria-label={w.shell.navigation} style={{ overflowY: 'auto' }}>
        <Link to="/" className="e-mark">
          <Mark />
          {w.shell.product}
        </Link>
        <Link to="/work" activeOptions={{ includeSearch: false }} className="e-link" onClick={menu.close}>
          <Icon name="today" />
          {w.shell.today}
        </Link>
        {places.map(({ place, links }) => (
          <Fragment key={place}>
            <span className="e-place">{w.shell.places[place]}</span>
            {links.map(({ to, word, icon, exact = false }) => (
              <Link
                key={to}
                to={to}
                activeOptions={{ exact, includeSearch: false }}
                className="e-link"
                onClick={menu.close}
              >
                <Icon name={icon} />
                {w.shell.pages[word]}
              </Link>
            ))}
          </Fragment>
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <AsOfReading>
          <Outlet />
        </AsOfReading>
      </AppShell.Main>
    </AppShell>
  );
}
