/** A text for people in both languages. */
export interface Text {
  readonly zh: string
  readonly en: string
}

export const text = (zh: string, en: string): Text => ({ zh, en })

/** Both languages on one line, Chinese first. */
export const both = ({ zh, en }: Text): string => `${zh} / ${en}`
