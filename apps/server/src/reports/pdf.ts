/** Part of a page, as pdfmake takes it: https://pdfmake.github.io/docs/ */
export type Content = string | Readonly<Record<string, unknown>>;

interface PdfMake {
  setFonts(fonts: Readonly<Record<string, object>>): void;
  setUrlAccessPolicy(allows: (url: string) => boolean): void;
  setLocalAccessPolicy(allows: (path: string) => boolean): void;
  createPdf(document: object): { getBuffer(): Promise<Buffer> };
}
// The types that are published for it bring the browser's into the whole program.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const pdfmake = require('pdfmake') as PdfMake;

export const FONT = 'NotoSansJP';
const FILES = {
  normal: require.resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf'),
};

/** Sets a document's pages, with the font it is set in, so that every reader shows every character. */
export async function makePdf(document: object): Promise<Buffer> {
  pdfmake.setFonts({ [FONT]: FILES });
  // Only these fonts are read, and nothing is fetched.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => Object.values(FILES).includes(path));
  return pdfmake.createPdf(document).getBuffer();
}
