import { useText } from '../text/language.tsx'

/** How many of the drawn each check batch has, in the order in which they are checked; nothing where all are in one. */
export function CheckBatches({ batches }: { readonly batches: readonly (readonly string[])[] }) {
  const words = useText().draw.result
  return batches.length < 2 ? null : <p>{words.batches(batches.map((labels) => labels.length))}</p>
}
