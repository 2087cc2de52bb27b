const weights = [3, 7, 9, 10, 5, 8, 4, 2] as const

/** The check character of the first 8 characters of an organisation code (组织机构代码, GB 11714); undefined when they are not 8 digits or capital letters. */
export function organisationCodeCheckCharacter(first8: string): string | undefined {
  if (first8.length !== weights.length || /[^0-9A-Z]/.test(first8)) return undefined
  const sum = weights.reduce((total, weight, index) => total + weight * Number.parseInt(first8.charAt(index), 36), 0)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? 'X' : String(check)
}
