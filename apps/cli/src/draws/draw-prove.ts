import { type Arguments, type Complain } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand, type Session, UsageError } from '../command.ts'
import { both, text } from '../text.ts'
import { filesNote, findBundle, readNamed, transcriptOf, trustOptions } from './bundle-files.ts'
import { nodeHash } from './node-crypto.ts'
import { type PathProof, pathProofOf, publiclyDrawn } from './proof.ts'
import { outcomeText, proofRows } from './proof-words.ts'
import { rowLines } from './rows.ts'
import { pinnedKeysOf, type Sound, verifySound } from './verification.ts'

const why = text(
  '只凭标识无从得知：名册里只有标签，标签由标识和只交给该对象的盐算出。信用代码人人可查，若凭它就能查，检查前谁都能逐户试出抽中了谁。请用该对象的开示文件（--opening，随检查通知或结案后交给本户），或其标签（--label）。',
  'The id alone tells nothing: the roster has labels, and a label is made of the id and a salt that only the object itself is given. Credit codes are public; if they were enough, anyone could try them all and know before the visit who was drawn. Use the object’s opening file (--opening, handed over with the notice of the visit or after the closing) or its label (--label).',
)

export const drawProve = offlineCommand({
  name: 'draw prove',
  usage: 'TRANSCRIPT [--id ID] (--opening FILE | --label HEX) [--demo] [--keys FILE]… [--json]',
  summary: text('证明一个对象在不在名册、抽没抽中', 'proves that an object was in the roster, and drawn or not'),
  notes: [
    text(
      '对象手里有两样：自己的标识，和只交给它的开示文件（盐、标签、层、名册树上的路径）。由此得出：标识算出标签，标签经路径到达登记方签名的树根，所以在名册中；标签的签号与本层截止签号比较，所以抽中或未抽中。核对全部公开文件，再下结论。',
      'An object holds two things: its id, and the opening file that is given to it alone (salt, label, stratum, its path in the roster’s tree). The id\nthen gives the label, the label leads by the path to the root that registry signed, so it was in the roster; the label’s ticket against the\ncut-off of its stratum says drawn or not. All public files are verified before anything is said.',
    ),
    why,
    text(
      '--label 只说该标签的事，不说它是谁。--id 而无其他：只有已公开的检查对象（openings 文件）才有答案。',
      '--label tells of the label, not whose it is. --id and nothing else has an answer only of those whose visit is public (the openings file).',
    ),
    filesNote,
  ],
  options: {
    id: { value: 'ID', text: text('对象的标识', 'the object’s id') },
    opening: { value: 'FILE', text: text('该对象自己的开示文件', 'the object’s own opening file') },
    label: { value: 'HEX', text: text('名册中的标签', 'a label of the roster') },
    ...trustOptions,
  },
  read: (args, complain) => ({
    path: transcriptOf(args, complain),
    demo: args.flags.has('demo'),
    keys: args.lists.get('keys'),
    ...whoOf(args, complain),
  }),
  run: ({ path, demo, keys, id, opening, label }, session) => {
    const wish = { demo, keys: pinnedKeysOf(keys), opening: opening === undefined ? undefined : readNamed(opening) }
    const sound = verifySound(findBundle(path), wish, session)
    if (sound === undefined) return 1
    const { bundle } = sound
    const hash = nodeHash(bundle.commitment.hash)
    const known = bundle.opening
    if (known !== undefined && id !== undefined && known.id !== id)
      throw new CommandError(text(`开示文件属于 ${known.id}，不是 ${id}`, `the opening file is that of ${known.id}, not of ${id}`))
    const shown = known?.label ?? label
    if (shown === undefined) return ofPublicId(sound, id ?? '', session)
    const proof = pathProofOf(hash, bundle, shown)
    if (proof === undefined) throw new CommandError(text(`名册中没有标签 ${shown}`, `the roster has no label ${shown}`))
    return told(sound, known?.id, proof, session)
  },
})

function whoOf(args: Arguments, complain: Complain) {
  const [id, opening, label] = ['id', 'opening', 'label'].map((name) => args.values.get(name))
  if (id === undefined && opening === undefined && label === undefined) complain('--opening, --label, --id: 缺少 (one is needed)')
  if (label !== undefined && (opening !== undefined || id !== undefined))
    complain('--label: 不与 --opening 或 --id 同用，标签不说明是谁 (stands alone: a label does not say whose it is)')
  if (label !== undefined && label !== '' && !/^[0-9a-f]{64}$/.test(label))
    complain(`--label ${label}: 应为 64 位小写十六进制 (64 lower-case hexadecimal digits)`)
  return { id, opening, label }
}

function told(sound: Sound, id: string | undefined, proof: PathProof, { terminal, json }: Session): ExitCode {
  if (json) terminal.out(JSON.stringify({ ...sound.head, ...(id === undefined ? {} : { id }), ...proof }))
  else for (const line of [...sound.headlines, ...rowLines(proofRows(id, proof)), both(outcomeText(proof))]) terminal.out(line)
  return sound.exitCode
}

function ofPublicId(sound: Sound, id: string, { terminal, json }: Session): ExitCode {
  const element = publiclyDrawn(nodeHash(sound.bundle.commitment.hash), sound.bundle, id)
  if (element === undefined) throw new UsageError([`--id ${id}: ${both(why)}`])
  if (json) terminal.out(JSON.stringify({ ...sound.head, id, outcome: 'DRAWN', element }))
  else
    for (const line of [
      ...sound.headlines,
      both(text(`${id}：抽中，检查已公开；名单元素 ${element}`, `${id}: drawn, and its visit is public; element of the drawn set`)),
    ])
      terminal.out(line)
  return sound.exitCode
}
