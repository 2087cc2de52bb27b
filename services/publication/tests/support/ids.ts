export const city = '230300'
export const unit = '230300-scj'
