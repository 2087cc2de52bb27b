import { setTimeout as pause } from 'node:timers/promises'
import { countOf, noMoreThan, requiredOf, urlsOf } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand, type Session } from '../command.ts'
import { readPinned } from '../pinned-keys.ts'
import { both, type Text, text } from '../text.ts'
import { logSources } from './log-sources.ts'
import { LogView } from './log-view.ts'
import { type RevealWork, revealRound, type Tally, tallyText } from './reveal-round.ts'
import { readUnitKey } from './unit-key.ts'

interface Input {
  readonly keysPath: string
  readonly keyPath: string
  readonly secretsPath: string
  readonly drawId: string | undefined
  readonly urls: readonly string[]
  readonly witnesses: readonly string[]
  /** Undefined without `--watch`. */
  readonly everySeconds: number | undefined
}

export const secretReveal = offlineCommand<Input>({
  name: 'unit secret reveal',
  usage:
    '--keys keys-REGION.json --key FILE --secrets FILE --url DRAWING_URL [--url WITNESS_URL]… [--witness HOST:PORT]… [--draw ID] [--watch [--every S]] [--json]',
  summary: text('核对之后揭示秘密值', 'reveals secrets, after it has checked that it may'),
  notes: [
    text(
      '揭示前核对：整个地区日志从钉住的创世记录起逐行成立；承诺 S 的原文与日志中的摘要一致，每次尝试只有一个；S 含本单位的承诺值且由这个秘密值打开；法定多数的见证方在期限前副署了含 S 的检查点；期限未过。有一项不成立就不揭示，并说明原因（退出码 1）。',
      'Before it reveals, it checks: the whole region log holds line by line from the pinned genesis; S is the text behind its digest there, the only one of\nthe attempt; the own tip is in S and opens with this secret; a quorum of pinned witnesses cosigned a checkpoint holding S by its deadline; the deadline\nhas not passed. It refuses with the reason (exit code 1). Without --draw, secrets whose S is not there yet are no failure.',
    ),
    text(
      '第一个 --url 是抽取服务，其余是见证方的 HTTP 地址，用来比对日志。抽取服务拒收或不回答时，经 gRPC 交给 --witness 各见证方公开。--watch 持续查看所有未揭示的，直到收到信号。',
      'The first --url is drawing; the others are the HTTP addresses of witnesses, whose copies are compared. What drawing refuses or does not answer goes\nto the witnesses of --witness (gRPC, TLS beyond this machine), which keep it public. --watch goes on with all that is not revealed, until a signal.',
    ),
  ],
  options: {
    keys: { value: 'FILE', text: text('钉住的 keys 文件', 'the pinned keys file of the region') },
    key: { value: 'FILE', text: text('本单位密钥文件', "the unit's key file") },
    secrets: { value: 'FILE', text: text('本单位秘密值文件', "the unit's secrets file") },
    url: { value: 'URL', many: true, text: text('抽取服务地址；再给出的是见证方', 'where drawing is; further ones are witnesses') },
    witness: { value: 'HOST:PORT', many: true, text: text('见证方 gRPC 地址', "a witness's gRPC address") },
    draw: { value: 'ID', text: text('只揭示这一次抽取', 'this draw alone') },
    watch: { text: text('持续查看，直到收到信号', 'go on looking until a signal') },
    every: { value: 'S', text: text('查看间隔秒数，默认 5', 'seconds between looks, 5 by default') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    requiredOf(args, 'url', complain)
    const witnesses = args.lists.get('witness') ?? []
    for (const address of witnesses) {
      if (!/^[^\s,]+:\d{1,5}$/.test(address)) complain(`--witness ${address}: 应为 host:port (host:port)`)
    }
    const drawId = args.values.get('draw')
    if (drawId !== undefined && !/^[0-9a-f]{64}$/.test(drawId))
      complain(`--draw ${drawId}: 应为 64 个十六进制字符 (64 hexadecimal characters)`)
    const every = countOf(args, 'every', 5, 1, complain)
    const isWatch = args.flags.has('watch')
    if (!isWatch && args.values.has('every')) complain('--every: 只用于 --watch (only with --watch)')
    return {
      keysPath: requiredOf(args, 'keys', complain),
      keyPath: requiredOf(args, 'key', complain),
      secretsPath: requiredOf(args, 'secrets', complain),
      drawId,
      urls: urlsOf(args, 'url', complain),
      witnesses,
      everySeconds: isWatch ? every : undefined,
    }
  },
  run: async (input, session): Promise<ExitCode> => {
    const keys = await readPinned(input.keysPath)
    const said = new Map<string, Set<string>>()
    const [url = ''] = input.urls
    const work: RevealWork = {
      keys,
      signer: await readUnitKey(input.keyPath),
      secretsPath: input.secretsPath,
      drawId: input.drawId,
      view: new LogView(keys),
      sources: logSources(input.urls, keys.regionCode),
      receivers: { url, witnesses: input.witnesses },
      say: (about, what) => sayOnce(said, about, what, session),
    }
    return input.everySeconds === undefined ? await once(work, session) : await watch(work, input.everySeconds, session)
  },
})

async function once(work: RevealWork, session: Session): Promise<ExitCode> {
  const tally = await revealRound(work, session)
  session.terminal.out(session.json ? JSON.stringify(tally) : tallyText(tally))
  const isRefused = tally.refused > 0 || (work.drawId !== undefined && tally.waiting > 0)
  return isRefused ? 1 : 0
}

/** Looks again and again; what fails is said and tried at the next look. Ends by a signal, in the middle of no look. */
async function watch(work: RevealWork, everySeconds: number, session: Session): Promise<ExitCode> {
  const stopping = new AbortController()
  const stop = (): void => stopping.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  try {
    let before = ''
    while (!stopping.signal.aborted) {
      const tally = await revealRound(work, session).catch((thrown: unknown) => failed(work, thrown))
      const shown = tally === undefined ? before : tallyLine(tally, session)
      if (shown !== before) session.terminal.out(shown)
      before = shown
      await pause(1000 * everySeconds, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
  }
  return 0
}

const tallyLine = (tally: Tally, { json }: Session): string => (json ? JSON.stringify(tally) : tallyText(tally))

function failed({ say }: RevealWork, thrown: unknown): undefined {
  if (!(thrown instanceof CommandError)) throw thrown
  say('', thrown.text)
}

/** A watch says what changes, not the same every few seconds. */
function sayOnce(said: Map<string, Set<string>>, about: string, what: Text, { terminal, json }: Session): void {
  const known = said.get(about) ?? new Set()
  if (known.has(what.en)) return
  said.set(about, known.add(what.en))
  const line = about === '' ? both(what) : `${about}: ${both(what)}`
  terminal.err(json ? JSON.stringify({ about, zh: what.zh, en: what.en }) : line)
}
