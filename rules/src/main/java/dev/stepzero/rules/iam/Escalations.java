package dev.stepzero.rules.iam;

import java.util.List;

/**
 * Sets of actions with which somebody gives themselves more rights than they were given. The ways are publicly known
 * since Rhino Security Labs' survey of 2018 and what followed it.
 */
final class Escalations {
    /** A way: all its actions are needed. */
    record Way(String name, List<String> actions) {}

    static final List<Way> KNOWN = List.of(
            way("iam:CreatePolicyVersion"),
            way("iam:SetDefaultPolicyVersion"),
            way("iam:CreateAccessKey"),
            way("iam:CreateLoginProfile"),
            way("iam:UpdateLoginProfile"),
            way("iam:AttachUserPolicy"),
            way("iam:AttachGroupPolicy"),
            way("iam:AttachRolePolicy"),
            way("iam:PutUserPolicy"),
            way("iam:PutGroupPolicy"),
            way("iam:PutRolePolicy"),
            way("iam:AddUserToGroup"),
            way("iam:UpdateAssumeRolePolicy"),
            way("iam:CreateServiceSpecificCredential"),
            way("iam:ResetServiceSpecificCredential"),
            way("iam:DeactivateMFADevice", "iam:CreateVirtualMFADevice", "iam:EnableMFADevice"),
            way("iam:PassRole", "ec2:RunInstances"),
            way("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"),
            way("iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
            way("iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"),
            way("iam:PassRole", "glue:CreateDevEndpoint"),
            way("iam:PassRole", "glue:CreateJob", "glue:StartJobRun"),
            way("iam:PassRole", "cloudformation:CreateStack"),
            way("iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"),
            way("iam:PassRole", "sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"),
            way("iam:PassRole", "sagemaker:CreateTrainingJob"),
            way("iam:PassRole", "sagemaker:CreateProcessingJob"),
            way("iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"),
            way("iam:PassRole", "codestar:CreateProject"),
            way("iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
            way("iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
            way("iam:PassRole", "autoscaling:CreateLaunchConfiguration", "autoscaling:CreateAutoScalingGroup"),
            way("iam:PassRole", "apprunner:CreateService"),
            way("iam:PassRole", "states:CreateStateMachine", "states:StartExecution"),
            way("iam:PassRole", "bedrock-agentcore:CreateCodeInterpreter"),
            way("lambda:UpdateFunctionCode"),
            way("lambda:UpdateFunctionConfiguration"),
            way("glue:UpdateDevEndpoint"),
            way("glue:UpdateJob", "glue:StartJobRun"),
            way("codebuild:UpdateProject", "codebuild:StartBuild"),
            way("cloudformation:UpdateStack"),
            way("cloudformation:SetStackPolicy", "cloudformation:UpdateStack"),
            way("sagemaker:CreatePresignedNotebookInstanceUrl"),
            way("ssm:SendCommand"),
            way("ssm:StartSession"),
            way("ec2-instance-connect:SendSSHPublicKey"),
            way("ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"),
            way("sso:CreateAccountAssignment"),
            way("sso:AttachManagedPolicyToPermissionSet"),
            way("sso:PutInlinePolicyToPermissionSet"));

    private Escalations() {}

    private static Way way(String... actions) {
        return new Way(String.join(" + ", actions), List.of(actions));
    }
}
