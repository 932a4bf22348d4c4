import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Receipt, ReceiptCheck } from '../../../contract/receipts'
import { hrefOfReceipt } from '../../../domain/submission/receipt-address'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { readSubject, shownName } from '../identity/subjects'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { mayAct } from './own'
import { submissionByReceipt, type SubmissionRecord } from './submission-repository'
import { readSubmissionSet } from './working-set'

/**
 * The whole receipt, for its owner only: what was signed word by word, and what anybody needs to verify it without us.
 * Errors: not_found, receipt_key_unknown.
 */
export async function readReceipt(deps: Deps, acting: Acting, submissionId: string): Promise<Receipt> {
  const set = await readSubmissionSet(deps.pool, deps, { id: submissionId })
  if (!set || !(await mayAct(deps.pool, acting, set))) throw new Refusal('not_found')
  const { submission } = set
  const receipt: Receipt = {
    code: submission.receiptCode,
    content: submission.content,
    ...proof(deps, submission),
    signedAt: submission.content.signedAt,
    verifyUrl: `${deps.config.publicOrigin}${hrefOfReceipt(submission.receiptCode)}`,
    note: '签名算法 Ed25519，签在 content 按 RFC 8785 规范化后的 UTF-8 字节上。'
  }
  await recordTrace(deps.pool, deps, {
    subjectId: submission.subjectId,
    ...(await actorOf(deps.pool, deps, acting, submission.subjectId)),
    action: 'export',
    purpose: '下载提交回执',
    fields: ['提交时签名的全部内容']
  })
  return receipt
}

/**
 * Whether a receipt is genuine, for anybody who has its code: nothing personal beyond the masked name. What it names, its time
 * included, is what was signed; of a content that was tampered with only what is on record. A record whose time is not the signed one
 * was tampered with, too. Errors: not_found; receipt_key_unknown when it was signed by a key that is none of ours.
 */
export async function checkReceipt(deps: Deps, code: string): Promise<ReceiptCheck> {
  const submission = await submissionByReceipt(deps.pool, deps.vault, code)
  if (!submission) throw new Refusal('not_found', { detail: '没有这份回执，请核对编号' })
  const { content, plan, bundleId, revision, subjectId, submittedAt } = submission
  const { bundles } = await deps.catalogue.at(revision)
  const recordedAt = new Date(submittedAt).toISOString()
  return {
    verdict: content?.signedAt === recordedAt && holds(deps, { ...submission, content }) ? 'genuine' : 'tampered',
    bundleName: bundles[bundleId]?.fullName ?? content?.bundleName ?? bundleId,
    submittedAt: content?.signedAt ?? recordedAt,
    matterNames: (content ?? plan).matters.map(({ name }) => name),
    maskedApplicantName: shownName(await readSubject(deps.pool, deps, subjectId)),
    ...proof(deps, submission)
  }
}

type Signed = Pick<SubmissionRecord, 'contentHash' | 'signature' | 'keyId'>

function proof(
  deps: Deps,
  { contentHash, signature, keyId }: Signed
): Pick<ReceiptCheck, 'contentHash' | 'signature' | 'keyId' | 'publicKeyJwk'> {
  return {
    contentHash: contentHash.toString('hex'),
    signature: signature.toString('base64url'),
    keyId,
    publicKeyJwk: publicKey(deps, keyId).export({ format: 'jwk' })
  }
}

function holds(deps: Deps, { content, contentHash, signature, keyId }: Signed & Pick<SubmissionRecord, 'content'>): boolean {
  const canonical = Buffer.from(canonicalize(content) ?? '')
  const hash = createHash('sha256').update(canonical).digest()
  return hash.equals(contentHash) && verify(null, canonical, publicKey(deps, keyId), signature)
}

function publicKey({ keys }: Deps, keyId: string): KeyObject {
  if (keyId !== keys.platformSigning.keyId) {
    throw new Refusal('receipt_key_unknown', { detail: `签名用的公钥（编号 ${keyId}）不在平台公布的公钥之中，无法核验` })
  }
  return createPublicKey(keys.platformSigning.privateKey)
}
