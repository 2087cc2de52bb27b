import { basename } from 'node:path'
import { beaconKeyAgeOf, keysFileWords, leastMarginOf, parseNamedKeysFile } from '@dual-random/witness'
import { noMoreThan } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand } from '../command.ts'
import { readGiven } from '../own-files.ts'
import { text } from '../text.ts'

export const keysCheck = offlineCommand({
  name: 'keys check',
  usage: 'FILE [--json]',
  summary: text('检查一个 keys 文件', 'says what is wrong with a keys file'),
  notes: [
    text(
      '正确时列出其中的创世摘要、上级、见证方与法定多数，以便与公布的逐字核对；有误时指出位置，退出码 1。',
      'Where it holds, it is shown, to be compared with what was printed; where not, the first thing wrong is named, with exit code 1.',
    ),
  ],
  options: {},
  read: (args, complain) => {
    noMoreThan(args, 1, complain)
    const [path = ''] = args.positionals
    if (path === '') complain('FILE: 缺少 (missing)')
    return path
  },
  run: async (path, { terminal, json }): Promise<ExitCode> => {
    const content = await readGiven(path)
    const read = parseNamedKeysFile(basename(path), content)
    if (!read.ok) throw new CommandError(keysFileWords(read.error))
    const file = read.value
    const { regionCode, hash, genesis, superior, witnesses, quorum, tolerated } = file
    if (json) terminal.out(content.trimEnd())
    else {
      terminal.out(`region ${regionCode}  hash ${hash}  n ${witnesses.length}  q ${quorum}  f ${tolerated}`)
      terminal.out(`genesis   ${genesis}`)
      terminal.out(`superior  ${superior.publicKey}  ${superior.keyId} (${superior.unitId})`)
      for (const { witnessId, publicKey } of witnesses) terminal.out(`witness   ${publicKey}  ${witnessId}`)
      if (read.value.beaconKeyAgeSeconds !== undefined)
        terminal.out(`beacons   keys stand in the log for ${beaconKeyAgeOf(read.value)} s (30 days: 2592000)`)
      if (read.value.leastMarginSeconds !== undefined) terminal.out(`margin    at least ${leastMarginOf(read.value)} s (600)`)
    }
    return 0
  },
})
