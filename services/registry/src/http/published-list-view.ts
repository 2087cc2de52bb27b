import { type DraftItem, openQuestions, type PublishedList } from '../domain/published-list/published-list.ts'

export const publishedListsPath = '/v1/check-item-lists/published'

/** An import with its items as far as they are settled, its questions and its answers. */
export function publishedListView({ items, answers, applied, ...published }: PublishedList) {
  return {
    ...published,
    items: items.map(itemView),
    received: items.length,
    ready: items.filter(({ ready, omitted }) => ready && omitted === undefined).length,
    omitted: items.filter(({ omitted }) => omitted !== undefined).length,
    openQuestions: openQuestions(published).length,
    reportUrl: `${publishedListsPath}/${published.importId}/report`,
    answers: answers.map(({ at, by, answer, settled }) => ({ at, by, answer, settled })),
    ...(applied === undefined
      ? {}
      : { listVersion: applied.listVersion, itemCodes: applied.itemCodes, appliedAt: applied.at, appliedBy: applied.by }),
  }
}

const itemView = ({ known, omitted, ...item }: DraftItem) => ({
  ...item,
  ...known,
  omitted: omitted !== undefined,
  ...(omitted === undefined ? {} : { omitReason: omitted }),
})

/** An import in lists. */
export function publishedListSummary(published: PublishedList) {
  const { importId, listId, unitId, state, fileName, fileDigest, receivedAt, receivedBy } = published
  const named = fileName === undefined ? {} : { fileName }
  return { importId, listId, unitId, state, ...named, fileDigest, receivedAt, receivedBy, openQuestions: openQuestions(published).length }
}
