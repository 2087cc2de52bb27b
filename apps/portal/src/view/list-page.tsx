import { type FormEvent, use, useCallback, useEffect, useState } from 'react'
import { listDraws } from '../api/client.ts'
import type { PublicDraw } from '../api/public-draw.ts'
import { drawEventTypes, type FeedState, followFeed } from '../live/feed.ts'
import { useText } from '../text/language.tsx'
import { Failed } from './failed.tsx'
import { GoContext, Link } from './link.tsx'
import { sumOf } from './numbers.ts'
import { Title } from './title.tsx'
import { useAnswer } from './use-answer.ts'

const pageSize = 50

/** Draws of a region and year, newest page last as the service lists them; follows the feed. */
export function ListPage({ regionCode, year }: { readonly regionCode: string; readonly year: string }) {
  const text = useText()
  const [after, setAfter] = useState<string>()
  const [feed, setFeed] = useState<FeedState>('polling')
  const ask = useCallback(
    (signal: AbortSignal) =>
      listDraws(
        {
          limit: pageSize,
          ...(regionCode === '' ? {} : { regionCode }),
          ...(year === '' ? {} : { year: Number(year) }),
          ...(after === undefined ? {} : { after }),
        },
        signal,
      ),
    [regionCode, year, after],
  )
  const { answer, again } = useAnswer(ask)
  useEffect(
    () =>
      followFeed({
        types: drawEventTypes,
        ...(regionCode === '' ? {} : { regionCode }),
        onEvent: again,
        onPoll: again,
        onState: setFeed,
      }),
    [again, regionCode],
  )
  return (
    <>
      <Title name={text.list.title} />
      <Filter regionCode={regionCode} year={year} />
      {answer.state === 'asking' && <p role="status">{text.loading}</p>}
      {answer.state === 'failed' && <Failed reason={answer.reason} onRetry={again} />}
      {answer.state === 'there' && (
        <>
          {answer.value.items.length === 0 ? <p>{text.list.none}</p> : <DrawTable draws={answer.value.items} />}
          <p className="pager">
            {after !== undefined && (
              <button type="button" onClick={() => setAfter(undefined)}>
                {text.list.first}
              </button>
            )}
            {answer.value.next !== undefined && (
              <button type="button" onClick={() => setAfter(answer.value.next)}>
                {text.list.more}
              </button>
            )}
          </p>
          <p className="quiet" data-feed={feed}>
            {text.feed[feed]}
          </p>
        </>
      )}
    </>
  )
}

function Filter({ regionCode, year }: { readonly regionCode: string; readonly year: string }) {
  const text = useText()
  const go = use(GoContext)
  const [thisYear] = useState(() => new Date().getFullYear())
  const years = [...new Set([...Array.from({ length: 6 }, (_, index) => String(thisYear + 1 - index)), ...(year === '' ? [] : [year])])]
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const field = (name: string): string => {
      const value = form.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    go({ page: 'list', regionCode: field('region'), year: field('year') })
  }
  return (
    <form className="filter" onSubmit={submit}>
      <label>
        {text.list.region}
        <input
          name="region"
          defaultValue={regionCode}
          inputMode="numeric"
          pattern="[1-9]\d{5}"
          maxLength={6}
          aria-describedby="region-hint"
        />
      </label>
      <span id="region-hint" className="quiet">
        {text.list.regionHint}
      </span>
      <label>
        {text.list.year}
        <select name="year" defaultValue={year}>
          <option value="">{text.list.allYears}</option>
          {years
            .sort()
            .toReversed()
            .map((one) => (
              <option key={one}>{one}</option>
            ))}
        </select>
      </label>
      <button type="submit">{text.list.show}</button>
    </form>
  )
}

function DrawTable({ draws }: { readonly draws: readonly PublicDraw[] }) {
  const text = useText()
  const { columns } = text.list
  return (
    <table className="cards">
      <caption className="hidden">{text.list.caption}</caption>
      <thead>
        <tr>
          {Object.values(columns).map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {draws.map((draw) => (
          <tr key={draw.drawId}>
            <th scope="row">
              <Link to={{ page: 'draw', drawId: draw.drawId }}>{draw.taskName}</Link>
            </th>
            <td data-name={columns.region}>{draw.regionCode}</td>
            <td data-name={columns.unit}>{draw.unitId}</td>
            <td data-name={columns.batch}>{text.list.batch(draw)}</td>
            <td data-name={columns.status}>
              <span className={`state ${draw.status.toLowerCase()}`}>{text.statuses[draw.status]}</span>
            </td>
            <td data-name={columns.drawn} className="number">
              {draw.transcript === undefined ? '—' : text.count(draw.transcript.drawn)} /{' '}
              {text.count(sumOf(draw.strata, ({ eligible }) => eligible))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
