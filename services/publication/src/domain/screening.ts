import { parseCreditCode, parseLocalDate } from '@dual-random/kernel'

/** What must not become public (SEC-07), and how it is found in a text. */
const patterns: readonly { readonly kind: string; readonly find: RegExp; readonly accept?: (found: string) => boolean }[] = [
  { kind: 'IDENTITY_NUMBER', find: /(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g, accept: isIdentityNumber },
  { kind: 'BANK_CARD', find: /(?<!\d)62\d{14,17}(?!\d)/g, accept: (found) => parseCreditCode(found) === undefined },
  { kind: 'MOBILE', find: /(?<!\d)1[3-9]\d{9}(?!\d)/g },
  { kind: 'TELEPHONE', find: /(?<!\d)0\d{2,3}[-－—]?\d{7,8}(?!\d)/g },
  { kind: 'EMAIL', find: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g },
  { kind: 'CERTIFICATE', find: /(?<=执法证(?:件)?(?:编?号)?(?:码)?[：:为]?\s*)[A-Za-z0-9][A-Za-z0-9-]{4,}/g },
  {
    kind: 'PERSON',
    find: /(?<=(?:检查人员|执法人员|检查人|记录人|陪同人员|联系人|举报人|投诉人|经办人)[：:]\s*)[\p{Script=Han}·]{2,5}(?:[、，,和及 ]\s*[\p{Script=Han}·]{2,4}(?=[、，,；;。\s]|$))*/gu,
  },
]

const mask = '＊＊＊'

/** A free text with personal and inspector data masked, and which kinds were. */
export function screenText(text: string): { readonly text: string; readonly masked: readonly string[] } {
  const masked: string[] = []
  let screened = text
  for (const { kind, find, accept } of patterns) {
    screened = screened.replaceAll(find, (found) => {
      if (accept?.(found) === false) return found
      if (!masked.includes(kind)) masked.push(kind)
      return mask
    })
  }
  return { text: screened, masked }
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const

/** Whether a text is a citizen identity number (公民身份号码) of GB 11643-1999: a birth date inside and the check character right. */
export function isIdentityNumber(text: string): boolean {
  if (!/^[1-9]\d{16}[\dXx]$/.test(text)) return false
  const birth = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  if (parseLocalDate(birth) === undefined || birth < '1900-01-01') return false
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase()
}

/** Whether the object's own identity is a person's: such a record cannot be published without naming the person. */
export const namesPerson = ({ objectCode, objectName }: { readonly objectCode: string; readonly objectName: string }): boolean =>
  [objectCode, ...(objectName.match(/\d{17}[\dXx]/g) ?? [])].some(isIdentityNumber)
