/** What is not cut into pages comes with the first. */
export const withFirst = <T extends object>({ after }: { readonly after?: string | undefined }, rest: T): Partial<T> =>
  after === undefined ? rest : {}
