// The identities of the environment. What each may do stands beside the resource that it may do it to; docs/azure.md has the whole table.

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('What makes names unique: the same for the same subscription, environment and region.')
param token string

resource control 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-control-${token}'
  location: location
  tags: tags
}

resource inference 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-inference-${token}'
  location: location
  tags: tags
}

resource node 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-node-${token}'
  location: location
  tags: tags
}

// Managed Identity Operator: to give machines the nodes' identity, and no other.
resource controlGivesNode 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(node.id, control.id, 'f1a07417-d97a-45cb-824c-7a7467783830')
  scope: node
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'f1a07417-d97a-45cb-824c-7a7467783830') // Managed Identity Operator
    principalId: control.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

@description('The control app\'s identity: resource id.')
output controlId string = control.id

@description('The control app\'s identity: client id.')
output controlClientId string = control.properties.clientId

@description('The control app\'s identity: object id.')
output controlPrincipalId string = control.properties.principalId

@description('The inference app\'s identity: resource id.')
output inferenceId string = inference.id

@description('The inference app\'s identity: client id.')
output inferenceClientId string = inference.properties.clientId

@description('The inference app\'s identity: object id.')
output inferencePrincipalId string = inference.properties.principalId

@description('The nodes\' identity: resource id.')
output nodeId string = node.id

@description('The nodes\' identity: client id.')
output nodeClientId string = node.properties.clientId

@description('The nodes\' identity: object id.')
output nodePrincipalId string = node.properties.principalId
