using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Webhooks;

/// <summary>Gives the verified webhook to the parameters of controllers' actions.</summary>
internal sealed class VerifiedWebhookModelBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var webhook = bindingContext.HttpContext.GetVerifiedWebhook();

        // Without this every property would be read in search of validation attributes, the body's pieces among them.
        bindingContext.ValidationState[webhook] = new ValidationStateEntry { SuppressValidation = true };
        bindingContext.Result = ModelBindingResult.Success(webhook);
        return Task.CompletedTask;
    }
}
