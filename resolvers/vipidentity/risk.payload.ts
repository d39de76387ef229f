import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { KeyValue, RiskEvaluation } from '../../src/providers/vipidentity/model.js';
import { VipAttribute } from './attribute.type.js';
import { VipPayload } from './outcome.type.js';
import type { Performed } from './outcome.type.js';

@ObjectType({ description: 'What the provider thinks of a sign-in.' })
export class VipRiskEvaluation {
  constructor(private readonly evaluation: RiskEvaluation) {}

  @Field(() => Boolean, {
    description: 'Whether to challenge the user. True as well when the provider does not say.',
  })
  get isRisky(): boolean {
    return this.evaluation.isRisky;
  }

  @Field(() => Int, { nullable: true, description: 'From 0 to 100, more is riskier.' })
  get score(): number | null {
    return this.evaluation.score;
  }

  @Field(() => Int, { nullable: true, description: 'Score above which a sign-in is risky.' })
  get threshold(): number | null {
    return this.evaluation.threshold;
  }

  @Field(() => String, { nullable: true, description: "The provider's reason, such as Device Recognition." })
  get reason(): string | null {
    return this.evaluation.reason;
  }

  @Field(() => String, { nullable: true, description: 'Version of the policy that was used.' })
  get policyVersion(): string | null {
    return this.evaluation.policyVersion;
  }

  @Field(() => ID, { description: 'Names the sign-in for confirmVipRisk and denyVipRisk.' })
  get eventId(): string {
    return this.evaluation.eventId;
  }

  @Field(() => [VipAttribute], {
    description: 'What is known of the device: device.registered, device.tag and others.',
  })
  get attributes(): readonly VipAttribute[] {
    return this.evaluation.attributes;
  }
}

@ObjectType({ description: 'Answer to evaluating a sign-in. Being risky is a result, not a problem.' })
export class EvaluateVipRiskPayload extends VipPayload {
  @Field(() => VipRiskEvaluation, {
    nullable: true,
    description: 'The result; null when there is a problem.',
  })
  readonly evaluation: VipRiskEvaluation | null;

  constructor(performed: Performed<RiskEvaluation>) {
    super(performed);
    this.evaluation = performed.done && new VipRiskEvaluation(performed.done);
  }
}

@ObjectType({ description: 'Answer to saying what a sign-in was.' })
export class VipRiskFeedbackPayload extends VipPayload {
  @Field(() => [VipAttribute], {
    nullable: true,
    description: 'What became of the device: device.feedback and others; null when there is a problem.',
  })
  readonly attributes: readonly KeyValue[] | null;

  constructor(performed: Performed<readonly KeyValue[]>) {
    super(performed);
    this.attributes = performed.done;
  }
}
