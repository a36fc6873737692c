import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** 縁の藍, from paper to night; #2f3e8f is the accent. */
const ai: MantineColorsTuple = [
  '#eef0fa',
  '#dce1f4',
  '#bcc5e9',
  '#a3afe4',
  '#8593d6',
  '#6373c4',
  '#4b5bb3',
  '#2f3e8f',
  '#263377',
  '#1c2759',
];

const dark: MantineColorsTuple = [
  '#d5d8e2',
  '#b9bdcb',
  '#9aa0b2',
  '#71788c',
  '#4b5164',
  '#363b4b',
  '#282c39',
  '#1b1e27',
  '#14161d',
  '#0e1015',
];

const FONT =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "Hiragino Sans", "BIZ UDPGothic", "Yu Gothic UI", Meiryo, "Noto Sans JP", "Noto Sans CJK JP", sans-serif';

// A dialog's header is no banner of the page.
const PLAIN_HEADER = { header: { role: 'presentation' } };

/** Type, colours and measures of the console. */
export const theme = createTheme({
  primaryColor: 'ai',
  primaryShade: { light: 7, dark: 6 },
  colors: { ai, dark },
  fontFamily: FONT,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK JP", monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '16px', lg: '18px', xl: '22px' },
  lineHeights: { xs: '1.5', sm: '1.6', md: '1.7', lg: '1.6', xl: '1.4' },
  headings: {
    fontFamily: FONT,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '1.4' },
      h2: { fontSize: '17px', lineHeight: '1.5' },
      h3: { fontSize: '15px', lineHeight: '1.5' },
    },
  },
  defaultRadius: 6,
  radius: { sm: '4px', md: '6px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Modal: {
      defaultProps: {
        attributes: PLAIN_HEADER,
        transitionProps: { transition: 'fade', duration: 120 },
        centered: true,
      },
    },
    Drawer: {
      defaultProps: {
        attributes: PLAIN_HEADER,
        transitionProps: { transition: 'slide-left', duration: 150 },
      },
    },
    Popover: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'sm' } },
  },
});

/** Greys that reach AA on both grounds, where Mantine's own fall short. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1d2130',
    '--mantine-color-default-color': '#1d2130',
    '--mantine-color-dimmed': '#565d70',
    '--mantine-color-placeholder': '#6a7183',
    '--mantine-color-anchor': '#2f3e8f',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-default-border': '#d9dce4',
    '--e-rail': '#f5f6fa',
    '--e-card': '#ffffff',
    '--e-quiet': '#f5f6fa',
    '--e-line': '#e1e4eb',
    '--e-field': '#868da0',
    '--e-hover': '#f0f2fa',
    '--e-accent': '#2f3e8f',
    '--e-accent-quiet': '#e8ebf8',
    '--e-amber': '#8a5300',
    '--e-amber-quiet': '#fdf1dc',
    '--e-red': '#b3261e',
    '--e-red-quiet': '#fdeceb',
    '--e-teal': '#0b6156',
    '--e-teal-quiet': '#dff3ef',
    '--e-blue': '#1d4f9c',
    '--e-blue-quiet': '#e3eefc',
    '--e-grey': '#4d5467',
    '--e-grey-quiet': '#eceef3',
  },
  dark: {
    '--mantine-color-text': '#e4e6ee',
    '--mantine-color-body': '#14161d',
    '--mantine-color-default-color': '#e4e6ee',
    '--mantine-color-dimmed': '#a3a9ba',
    '--mantine-color-placeholder': '#8d93a5',
    '--mantine-color-anchor': '#a9b4ea',
    '--mantine-color-error': '#ff9a92',
    '--mantine-color-default-border': '#363b4b',
    '--e-rail': '#191c25',
    '--e-card': '#191c25',
    '--e-quiet': '#1f222d',
    '--e-line': '#2d3140',
    '--e-field': '#71788c',
    '--e-hover': '#222635',
    '--e-accent': '#a9b4ea',
    '--e-accent-quiet': '#272d4b',
    '--e-amber': '#f2bf6b',
    '--e-amber-quiet': '#3a2c12',
    '--e-red': '#ff9a92',
    '--e-red-quiet': '#431d1b',
    '--e-teal': '#74d6c6',
    '--e-teal-quiet': '#123a35',
    '--e-blue': '#94bdf8',
    '--e-blue-quiet': '#1a2f50',
    '--e-grey': '#bcc1cf',
    '--e-grey-quiet': '#2b2f3b',
  },
});
