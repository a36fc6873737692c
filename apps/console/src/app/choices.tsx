import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import { Icon } from './icons';
import css from './choices.module.css';

/** Japanese or English, remembered by this browser. */
export function LanguageSwitch(): ReactNode {
  const { w, language, setLanguage } = useWords();
  return (
    <div role="group" aria-label={w.shell.language} className={css.languages}>
      {(['ja', 'en'] as const).map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={language === code}
          onClick={() => setLanguage(code)}
        >
          {code === 'ja' ? '日本語' : 'English'}
        </button>
      ))}
    </div>
  );
}

/** Light or dark, remembered by this browser. */
export function SchemeSwitch(): ReactNode {
  const { w } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const label = dark ? w.shell.toLight : w.shell.toDark;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      aria-label={label}
      title={label}
      c="var(--mantine-color-text)"
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      <Icon name={dark ? 'sun' : 'moon'} />
    </ActionIcon>
  );
}
