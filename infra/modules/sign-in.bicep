// Sign-in with the organisation's accounts: an app registration with the product's roles, and the nodes' right to speak the agent protocol.

extension microsoftGraphV1

@description('What makes names unique.')
param token string

@description('The environment\'s name, for people.')
param environmentName string

@description('Object id of the nodes\' identity.')
param nodePrincipalId string

var address = 'api://${tenant().tenantId}/serverless-${token}'
var scopeId = guid(address, 'use')
var nodeRole = guid(address, 'node')

resource api 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'serverless-${token}'
  displayName: 'Serverless (${environmentName})'
  signInAudience: 'AzureADMyOrg'
  identifierUris: [address]
  api: {
    requestedAccessTokenVersion: 2
    oauth2PermissionScopes: [
      {
        id: scopeId
        value: 'use'
        type: 'User'
        isEnabled: true
        adminConsentDisplayName: 'Use Serverless'
        adminConsentDescription: 'Calls Serverless as the signed-in person, with the roles that the person has.'
      }
    ]
    preAuthorizedApplications: [
      {
        appId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' // Azure CLI
        delegatedPermissionIds: [scopeId]
      }
    ]
  }
  appRoles: [
    {
      id: guid(address, 'reader')
      value: 'reader'
      displayName: 'Reader'
      description: 'Sees everything, changes nothing.'
      allowedMemberTypes: ['User', 'Application']
      isEnabled: true
    }
    {
      id: guid(address, 'submitter')
      value: 'submitter'
      displayName: 'Submitter'
      description: 'Uploads data and runs jobs.'
      allowedMemberTypes: ['User', 'Application']
      isEnabled: true
    }
    {
      id: guid(address, 'deployer')
      value: 'deployer'
      displayName: 'Deployer'
      description: 'Puts models behind endpoints.'
      allowedMemberTypes: ['User', 'Application']
      isEnabled: true
    }
    {
      id: guid(address, 'predictor')
      value: 'predictor'
      displayName: 'Predictor'
      description: 'Calls endpoints, and sees nothing else.'
      allowedMemberTypes: ['User', 'Application']
      isEnabled: true
    }
    {
      id: guid(address, 'admin')
      value: 'admin'
      displayName: 'Administrator'
      description: 'May do everything.'
      allowedMemberTypes: ['User', 'Application']
      isEnabled: true
    }
    {
      id: nodeRole
      value: 'node'
      displayName: 'Node'
      description: 'Claims jobs and reports on them.'
      allowedMemberTypes: ['Application']
      isEnabled: true
    }
  ]
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: api.appId
  appRoleAssignmentRequired: true // an account without a role gets no token
}

resource nodes 'Microsoft.Graph/appRoleAssignedTo@v1.0' = {
  appRoleId: nodeRole
  principalId: nodePrincipalId
  resourceId: principal.id
}

@description('The audience of the tokens.')
output audience string = api.appId

@description('The address for which tokens are asked.')
output address string = address
