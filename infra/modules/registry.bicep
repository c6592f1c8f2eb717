// The images of training containers.

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('What makes names unique.')
param token string

@description('Basic is enough for one team; Premium is what private endpoints need.')
@allowed(['Basic', 'Standard', 'Premium'])
param sku string

@description('Whether the registry answers in its virtual network alone; needs Premium.')
param privateOnly bool

@description('Object ids of those who pull images: nodes, and the inference app when it runs as a container.')
param pullers array

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: 'cr${token}'
  location: location
  tags: tags
  sku: {
    name: sku
  }
  properties: {
    adminUserEnabled: false
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
  }
}

// AcrPull: to pull images.
resource pulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for puller in pullers: {
  name: guid(registry.id, puller, '7f951dda-4ed3-4680-a7ca-43fe172d538d')
  scope: registry
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d') // AcrPull
    principalId: puller
    principalType: 'ServicePrincipal'
  }
}]

@description('The registry\'s name.')
output name string = registry.name

@description('The registry\'s resource id.')
output id string = registry.id

@description('The registry\'s host name.')
output loginServer string = registry.properties.loginServer
