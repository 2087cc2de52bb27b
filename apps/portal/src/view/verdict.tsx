import { useLanguage } from '../text/language.tsx'
import type { TimedVerdict } from '../work/jobs.ts'
import type { Findings, PageVerdict } from '../work/verify-job.ts'
import { NotInRoster, OwnPlaceShown } from './own-place.tsx'
import type { Verification } from './use-verification.ts'

/** Progress of a verification, then what it said. */
export function VerificationStatus({ verification, onCancel }: { readonly verification: Verification; readonly onCancel: () => void }) {
  const { text } = useLanguage()
  const words = text.verify
  const isBusy = verification.state === 'gathering' || verification.state === 'running'
  return (
    <>
      {isBusy && (
        <div className="progress">
          <p>{verification.state === 'gathering' ? words.downloading : words.running(verification.percent)}</p>
          <progress aria-label={words.progress} max={100} {...(verification.state === 'running' ? { value: verification.percent } : {})} />
          <button type="button" onClick={onCancel}>
            {words.cancel}
          </button>
        </div>
      )}
      <div role="status">
        {verification.state === 'broken' && <p className="notice bad">{words.failed(verification.reason)}</p>}
        {verification.state === 'done' && <Told result={verification.result} />}
      </div>
    </>
  )
}

/** What an object's own opening proves, where one was given, before what the whole draw is. */
function Told({ result: { verdict, elapsedMs } }: { readonly result: TimedVerdict }) {
  const words = useLanguage().text.opening
  const own = 'findings' in verdict ? verdict.findings.own : undefined
  const isNot = verdict.status === 'DIFFERENT' && verdict.isOwnOpening
  return (
    <>
      {own !== undefined && <OwnPlaceShown own={own} />}
      {isNot && <NotInRoster where={verdict.where} />}
      {(own !== undefined || isNot) && <h3>{words.wholeDraw}</h3>}
      <VerdictBox verdict={verdict} elapsedMs={elapsedMs} />
    </>
  )
}

function VerdictBox({ verdict, elapsedMs }: { readonly verdict: PageVerdict; readonly elapsedMs: number }) {
  const { text, language } = useLanguage()
  const words = text.verify
  const isAlike = verdict.status === 'MATCH' || verdict.status === 'PENDING' || verdict.status === 'FAILED'
  return (
    <div
      className={`notice verdict-box ${verdict.status.toLowerCase()}`}
      data-verdict={verdict.status}
      data-elapsed-ms={Math.round(elapsedMs)}
    >
      <p className="verdict-name">
        {words[verdict.status]}
        {isAlike && verdict.demo && words.demoKeys} <small>{words.seconds((elapsedMs / 1000).toFixed(1))}</small>
      </p>
      {verdict.status === 'MATCH' && <p>{words.MATCHText}</p>}
      {verdict.status === 'FAILED' && <p>{words.FAILEDText}</p>}
      {isAlike && verdict.findings.failure !== undefined && (
        <p data-failure>
          <strong>{verdict.findings.failure[language]}</strong>
        </p>
      )}
      {verdict.status === 'PENDING' && (
        <p>
          {words.PENDINGText} {verdict.missing.map((part) => words.missing[part]).join('')}
          {verdict.elsewhere.map(({ regionCode, missing }) => (
            <span key={regionCode} data-elsewhere={regionCode}>
              {' '}
              {regionCode}: {missing.map((part) => words.missing[part]).join('')}
            </span>
          ))}
        </p>
      )}
      {isAlike && verdict.demo && (
        <p>
          <strong>{words.demoText}</strong>
        </p>
      )}
      {isAlike && verdict.findings.shortKeyAge !== undefined && (
        <p data-short-key-age>
          <strong>{verdict.findings.shortKeyAge[language]}</strong>
        </p>
      )}
      {isAlike && verdict.findings.shortMargin !== undefined && (
        <p data-short-margin>
          <strong>{verdict.findings.shortMargin[language]}</strong>
        </p>
      )}
      {isAlike &&
        verdict.findings.undrawn.map((undrawn) => (
          <p key={undrawn.zh} data-undrawn>
            {undrawn[language]}
          </p>
        ))}
      {isAlike &&
        verdict.findings.audits?.map((audit) => (
          <p key={audit.zh} data-audit>
            {audit[language]}
          </p>
        ))}
      {isAlike && <FindingsList findings={verdict.findings} />}
      {verdict.status === 'REFUSED' && <p>{verdict.reason[language]}</p>}
      {verdict.status === 'DIFFERENT' && (
        <>
          <p>{words.DIFFERENTText}</p>
          <dl className="digests">
            <div>
              <dt>{words.file}</dt>
              <dd>
                <code>{verdict.file}</code>
              </dd>
            </div>
            <div>
              <dt>{words.where}</dt>
              <dd>
                <code data-where>{verdict.where}</code>
              </dd>
            </div>
            <div>
              <dt>{words.reason}</dt>
              <dd className="anywhere">{verdict.reason[language]}</dd>
            </div>
          </dl>
        </>
      )}
      <p className="quiet">{words.independent}</p>
    </div>
  )
}

function FindingsList({ findings }: { readonly findings: Findings }) {
  const { text } = useLanguage()
  const words = text.verify
  return (
    <>
      <p>{words.findings}</p>
      <ul>
        {findings.redraw !== undefined && <li className="anywhere">{words.redraw(findings.redraw.drawId, findings.redraw.after)}</li>}
        <li>{words.tickets(findings.tickets, findings.drawn)}</li>
        {findings.beacons.map(({ source, round }) => (
          <li key={source}>{words.beacon(source, round)}</li>
        ))}
        {findings.opened !== undefined && <li>{words.opened(findings.opened, findings.drawn)}</li>}
        <li>{findings.hasWholeLog ? words.wholeLog : words.ownEntries}</li>
      </ul>
    </>
  )
}
