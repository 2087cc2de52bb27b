/** A name as names are compared, of items, units and departments: full and half width alike, no white space, quotation marks of one kind, no closing marks. Never stored. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]/g, '')
    .replace(/[“”]/g, '"')
    .replace(/[。;,]+$/, '')
