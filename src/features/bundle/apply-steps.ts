/** The three pages of filling in, for <Steps>. */
export const applySteps = { label: '办理步骤', steps: ['填写', '材料', '核对签名'] }
