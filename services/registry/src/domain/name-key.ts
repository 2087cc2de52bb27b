/** A name for comparing: full and half width alike, no white space, no closing marks. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]+/g, '')
    .replace(/[。;,]+$/, '')
