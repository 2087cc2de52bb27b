/** A text in the two languages of the page. */
export interface Words {
  readonly zh: string
  readonly en: string
}
