/** A text for people in both languages; `{name}` stands for a member of the error's meta. */
export interface Message {
  readonly zh: string
  readonly en: string
}

export type Messages = Readonly<Record<string, Message>>
